using EdgeHost.Client;
using EdgeHost.Gateway.Chat;
using EdgeHost.Gateway.Embeddings;
using EdgeHost.Gateway.Models;
using EdgeHost.Gateway.Transcriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Gateway.Http;

/// <summary>Which path is answered by what.</summary>
internal static class GatewayRoutes
{
    public static void Map(WebApplication server, RequestRunner runner, GatewayOptions options, TimeProvider time)
    {
        server.UseRouting();
        Add("GET", "/v1/models", ModelsEndpoint.ListAsync);
        Add("GET", "/v1/models/{id}", ModelsEndpoint.GetAsync);
        Add("POST", "/v1/chat/completions", new ChatEndpoint(options, time).HandleAsync);
        Add("POST", "/v1/embeddings", new EmbeddingsEndpoint(options).HandleAsync);
        Add("POST", "/v1/audio/transcriptions", new TranscriptionsEndpoint(options).HandleAsync);
        server.MapFallback(RequestRunner.RefuseAsync);

        void Add(string method, string path, Func<HttpContext, EdgeHostClient, Task> handle)
            => server.MapMethods(path, [method], (RequestDelegate)(context => runner.RunAsync(context, handle)));
    }
}
