using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Connects to hosts that may still be starting.</summary>
internal static class Hosts
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static async Task<EdgeHostClient> ConnectAsync(HostProcess host, string app = "integration-tests")
    {
        using var deadline = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            Assert.False(host.HasExited, $"The host ended while it started. It printed:\n{host.Output}");
            try
            {
                return await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = host.Endpoint, AppName = app }, deadline.Token);
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable && !deadline.IsCancellationRequested)
            {
                await Task.Delay(Poll, deadline.Token);
            }
        }
    }
}
