using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>Kestrel on a Unix socket.</summary>
internal static class WebServer
{
    // More than any benchmark has in flight; Kestrel's own limit of 100 would be measured otherwise.
    private const int MostStreams = 1024;
    private const int MostBodyBytes = 64 * 1024 * 1024;

    /// <summary>A builder that listens on the socket and logs nothing.</summary>
    public static WebApplicationBuilder CreateBuilder(string path, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = MostStreams;
            kestrel.ListenUnixSocket(path, listen => listen.Protocols = protocols);
        });
        return builder;
    }
}
