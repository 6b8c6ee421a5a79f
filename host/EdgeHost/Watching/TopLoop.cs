using EdgeHost.Capabilities.Host;
using EdgeHost.Client;
using EdgeHost.Host.Cli;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Watching;

/// <summary>Asks the host again and again and shows what it says. On a terminal it outlives the host and finds the next one.</summary>
internal sealed class TopLoop(TopOptions options, TopTerminal terminal, TimeProvider time)
{
    // More than are shown: the same one several times is one line.
    private const int DecisionsWanted = 60;
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(100);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var isLive = terminal.IsLive && !options.Once && !options.Json;
        var client = await HostCallers.ConnectClientAsync(options.Endpoint, cancellationToken).ConfigureAwait(false);
        if (isLive) terminal.Open();
        try
        {
            StatsResponse? before = null;
            while (true)
            {
                try
                {
                    client ??= await HostCallers.ConnectClientAsync(options.Endpoint, cancellationToken).ConfigureAwait(false);
                    before = await ShowAsync(client, before, isLive, cancellationToken).ConfigureAwait(false);
                }
                catch (EdgeHostException e) when (isLive && e.Code == ErrorCode.Unavailable)
                {
                    if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
                    client = null;
                    terminal.Show(inPlace: true, [$"No host answers at {options.Endpoint}; looking again every {options.Interval.TotalSeconds:0.#} s. 'q' ends this."]);
                }

                if (options.Once || !await WaitAsync(isLive, cancellationToken).ConfigureAwait(false)) return ExitCodes.Ok;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !options.Once)
        {
            // Ctrl-C is how one leaves.
            return ExitCodes.Ok;
        }
        finally
        {
            if (isLive) terminal.Close();
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<StatsResponse> ShowAsync(EdgeHostClient client, StatsResponse? before, bool isLive, CancellationToken cancellationToken)
    {
        var stats = await client.Diagnostics.StatsAsync(cancellationToken).ConfigureAwait(false);
        if (options.Json)
        {
            if (options.Once) MessageOutput.Write(stats);
            else JsonOutput.WriteLine(writer => WireJson.WriteTo(WireMessageSerializer.ToArray(stats), writer));
            return stats;
        }

        var decisions = await client.Diagnostics.ExplainAsync(count: DecisionsWanted, cancellationToken: cancellationToken).ConfigureAwait(false);
        var height = isLive ? terminal.Height - 1 : int.MaxValue / 2;
        terminal.Show(isLive, new TopView(terminal.Width, height, time.LocalTimeZone).Render(stats, before, decisions.Decisions));
        return stats;
    }

    /// <summary>False when the person wants to leave.</summary>
    private async Task<bool> WaitAsync(bool isLive, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) is var waited && waited < options.Interval)
        {
            if (isLive && terminal.IsQuitPressed()) return false;
            var left = options.Interval - waited;
            await Task.Delay(isLive && left > KeyInterval ? KeyInterval : left, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
