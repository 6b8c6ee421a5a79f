using EdgeHost.Plugins.Health.Alerts;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Follows the rules of live pulse signals, once for each second of the signal: the rate alone, as a pulse that is missing may be a movement. Not thread-safe.</summary>
internal sealed class PpgAlerts(LiveAlerts alerts, AlertClock device, long? startTime, string? source)
{
    private const double EveryMs = 1000;

    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private SignalClock? _clock;
    private double _lastMs = double.NegativeInfinity;

    /// <summary>Alerts that were raised.</summary>
    public long Count => alerts.Count;

    /// <summary>Looks at the pulse where a second has passed.</summary>
    /// <param name="timeMs">The newest frame, in milliseconds on the signal's own clock.</param>
    /// <param name="rate">The pulse, in beats a minute, or null where it cannot be told.</param>
    /// <param name="cancellationToken">Stops.</param>
    public ValueTask TakeAsync(double timeMs, double? rate, CancellationToken cancellationToken)
    {
        var clock = _clock ??= SignalClock.Of(startTime, timeMs, source, device);
        if (timeMs - _lastMs < EveryMs || rate is not { } known) return ValueTask.CompletedTask;
        _lastMs = timeMs;
        _values["ppg_pulse"] = known;
        return alerts.TakeAsync(clock.At(timeMs), _values, beside: null, clock.Source, cancellationToken);
    }
}
