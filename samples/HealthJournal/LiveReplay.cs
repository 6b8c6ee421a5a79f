using System.Globalization;
using EdgeHost;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client;
using EdgeHost.Client.Health.Replay;

namespace HealthJournal;

/// <summary>
/// Replays files as if sensors sent them now: readings go into the journal one by one, the ECG through the live analysis, and alerts are told as they are raised.
/// </summary>
internal sealed class LiveReplay(EdgeHostClient client, Settings settings, TimeProvider time, TextWriter output)
{
    private const double MillisecondsBetweenRates = 10_000;
    private const double StripMilliseconds = 15_000;

    private readonly ReplayOptions _pace = new() { Speed = settings.Speed, Time = time };
    private long _lastAlert;

    public async Task RunAsync(string readingsPath, string ecgPath, CancellationToken cancellationToken)
    {
        var (readings, ecg) = (ReadingsFile.Read(readingsPath), EcgFile.Read(ecgPath));
        await foreach (var known in client.Health.AlertsAsync(Alerts(follow: false), cancellationToken: cancellationToken)) _lastAlert = known.Id;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var alerts = TellAlertsAsync(end.Token);
        await Task.WhenAll(SendReadingsAsync(readings, cancellationToken), FollowEcgAsync(ecg, cancellationToken));
        await end.CancelAsync();
        await alerts;

        // What was raised by the last reading may not have come yet.
        await foreach (var alert in client.Health.AlertsAsync(Alerts(follow: false), cancellationToken: cancellationToken)) await TellAsync(alert);
        await DrawStripAsync(ecg, cancellationToken);
        await output.WriteLineAsync("The replay has ended.");
    }

    private AlertsRequest Alerts(bool follow) => new() { Person = settings.Person, After = _lastAlert, Follow = follow, Language = settings.Language };

    private async Task TellAlertsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var alert in client.Health.AlertsAsync(Alerts(follow: true), cancellationToken: cancellationToken)) await TellAsync(alert);
        }
        catch (OperationCanceledException)
        {
            // The replay has ended.
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            // The host was told so, too.
        }
    }

    private async Task TellAsync(HealthAlert alert)
    {
        _lastAlert = alert.Id;
        await output.WriteLineAsync($"ALERT {FindingText.Of(alert.Finding)}");
    }

    private async Task SendReadingsAsync(IReadOnlyList<HealthSample> readings, CancellationToken cancellationToken)
    {
        var sent = 0;
        await foreach (var due in HealthReplay.PaceAsync(readings, _pace, cancellationToken))
        {
            await client.Health.RecordAsync(new RecordSamplesRequest { Person = settings.Person, Samples = due }, cancellationToken: cancellationToken);
            foreach (var reading in readings.Skip(sent).Take(due.Count))
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(reading.Time):HH:mm}  {reading.Type} {reading.Value} {reading.Unit}"));
            sent += due.Count;
        }
    }

    private async Task FollowEcgAsync(EcgFile ecg, CancellationToken cancellationToken)
    {
        var shown = 0.0;
        await foreach (var item in HealthReplay.EcgAsync(client.Health, ReplaySignal.OfRate(ecg.Millivolts, ecg.SampleRateHz), _pace, cancellationToken))
        {
            foreach (var beat in item.Beats.Where(static beat => beat.Kind == HeartBeatKind.Ventricular))
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ECG {beat.TimeMs / 1000,5:0} s  a ventricular ectopic beat"));
            if (item.HeartRateBpm is not { } rate || item.TimeMs < shown + MillisecondsBetweenRates) continue;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ECG {item.TimeMs / 1000,5:0} s  {rate:0} a minute"));
            shown = item.TimeMs;
        }
    }

    private async Task DrawStripAsync(EcgFile ecg, CancellationToken cancellationToken)
    {
        var strip = await client.Health.ChartEcgAsync(
            new ChartEcgRequest { Signal = ecg.Millivolts, SampleRateHz = ecg.SampleRateHz, DurationMs = StripMilliseconds, Language = settings.Language, Scale = 2 }, cancellationToken: cancellationToken);
        Directory.CreateDirectory(settings.Charts);
        var path = Path.Combine(settings.Charts, "ecg.png");
        await File.WriteAllBytesAsync(path, strip.Png, cancellationToken);
        await output.WriteLineAsync($"{strip.Text}: {Path.GetFullPath(path)}");
    }
}
