namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// Makes a signal that filters can take of one that may hold anything: what is no number, what no body makes, and lines that stay flat are
/// held at the last value and noted; where the signal comes back it goes on from there, so that no step looks like a beat.
/// </summary>
internal sealed class EcgCleaner(double rateHz)
{
    /// <summary>Beyond this, in mV, a value is a fault: electrodes add some hundred mV of offset, hearts a few mV.</summary>
    public const float MostMillivolts = 1000;

    // Half a second without the least change is no heart: noise alone moves the last bit of a converter.
    private readonly int _flatAfter = (int)(0.5 * rateHz);
    private readonly double _forget = Math.Exp(-1 / (2 * rateHz));
    private float _held;
    private float _last = float.NaN;
    private double _offset;
    private bool _resume;
    private long _position;
    private long _runStart;

    /// <summary>Where there was no signal.</summary>
    public InvalidSpans Invalid { get; } = new((long)(60 * rateHz));

    /// <summary>Cleans a piece.</summary>
    public void Clean(ReadOnlySpan<float> raw, Span<float> clean)
    {
        for (var i = 0; i < raw.Length; i++, _position++)
        {
            var value = raw[i];
            // NaN fails every comparison.
            if (!(Math.Abs(value) <= MostMillivolts))
            {
                Invalid.Add(_position, _position + 1);
                clean[i] = _held;
                _resume = true;
                _last = float.NaN;
                continue;
            }

            if (value != _last)
            {
                _runStart = _position;
                _last = value;
            }

            if (_position - _runStart >= _flatAfter)
            {
                Invalid.Add(_runStart, _position + 1);
                clean[i] = _held;
                _resume = true;
                continue;
            }

            if (_resume)
            {
                // At the very start there is nothing to go on from.
                _offset = _position == 0 ? 0 : _held - value;
                _resume = false;
            }

            _offset *= _forget;
            _held = (float)(value + _offset);
            clean[i] = _held;
        }
    }
}
