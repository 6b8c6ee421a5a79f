using System.CommandLine;
using EdgeHost.Client;
using EdgeHost.Host.Hosting;

namespace EdgeHost.Host.Cli;

/// <summary>Opens the way to the host for a verb.</summary>
internal static class HostCallers
{
    /// <summary>The name by which all verbs call the host.</summary>
    public const string AppName = "edgehost-cli";

    /// <summary>The running host; an error that says how to start one if there is none.</summary>
    public static async Task<RemoteHostCaller> ConnectAsync(ParseResult parsed, CancellationToken cancellationToken)
        => new(await ConnectClientAsync(CommonOptions.EndpointOf(parsed), cancellationToken).ConfigureAwait(false));

    /// <summary>The running host, or the same methods in this process where none runs.</summary>
    public static async Task<IHostCaller> ConnectOrLocalAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable)
        {
            return CreateLocal(CommonOptions.SettingsOf(parsed));
        }
    }

    public static LocalHostCaller CreateLocal(HostSettings settings) => new(LocalServices.Create(settings));

    public static Task<EdgeHostClient> ConnectClientAsync(string endpoint, CancellationToken cancellationToken)
        => EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = endpoint, AppName = AppName }, cancellationToken).AsTask();
}
