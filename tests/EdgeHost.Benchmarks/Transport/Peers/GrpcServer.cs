using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>gRPC on Kestrel.</summary>
internal static class GrpcServer
{
    public static async Task<IAsyncDisposable> StartAsync(string path)
    {
        var builder = WebServer.CreateBuilder(path, HttpProtocols.Http2);
        builder.Services.AddGrpc(static grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        builder.Services.AddSingleton<GrpcTarget>();
        var app = builder.Build();
        app.MapGrpcService<GrpcTarget>();
        await app.StartAsync();
        return app;
    }
}
