using Microsoft.Extensions.Hosting;

namespace EdgeHost.Host.Hosting;

/// <summary>Stops the host when standard input ends, so that a host never outlives the program that started it.</summary>
internal sealed class InputWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var buffer = new byte[256];
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer, stoppingToken).ConfigureAwait(false) > 0)
        {
            // What is typed means nothing; only the end counts.
        }

        lifetime.StopApplication();
    }
}
