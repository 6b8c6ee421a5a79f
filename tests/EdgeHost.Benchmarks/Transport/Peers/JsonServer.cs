using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>JSON over HTTP/1.1 on Kestrel, with bytes as base64.</summary>
internal static class JsonServer
{
    public const string Route = "/exchange";

    public static async Task<IAsyncDisposable> StartAsync(string path)
    {
        var builder = WebServer.CreateBuilder(path, HttpProtocols.Http1);
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, JsonBytesContext.Default));
        var app = builder.Build();
        var small = new JsonBytes(new byte[Cases.Exchange.SmallAnswerBytes], 0);
        var large = small;
        app.MapPost(Route, (JsonBytes request) =>
        {
            if (request.AnswerBytes == 0) return TypedResults.Ok(small);
            if (large.Payload.Length != request.AnswerBytes) large = new JsonBytes(new byte[request.AnswerBytes], 0);
            return TypedResults.Ok(large);
        });
        await app.StartAsync();
        return app;
    }
}
