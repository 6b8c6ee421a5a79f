namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>
/// Makes frames at uneven times even ones, 100 a second, by cubic interpolation between neighbours (Catmull-Rom with their real times). Within a longer gap it
/// goes straight, and the samples count as missing.
/// </summary>
internal sealed class FrameResampler(int channels, Action<double[], bool> emit)
{
    /// <summary>Samples a second that come out.</summary>
    public const double RateHz = 100;

    private const double StepMs = 1000 / RateHz;
    private const double MostGapMs = 250;

    private readonly (double Time, double[] Values)[] _frames = [.. Enumerable.Range(0, 4).Select(_ => (0.0, new double[channels]))];
    private readonly double[] _output = new double[channels];
    private int _count;
    private long _emitted;

    /// <summary>The time of the first sample, in ms.</summary>
    public double StartMs { get; private set; }

    /// <summary>Takes the next frame; its time is after the one before.</summary>
    public void Push(double timeMs, ReadOnlySpan<float> values)
    {
        if (_count == 0)
        {
            StartMs = timeMs;
            for (var i = 0; i < 4; i++) Set(i, timeMs, values);
            _count = 1;
            return;
        }

        Shift(timeMs, values);
        _count++;
        // The piece before the newest frame is drawn when its right neighbour is known.
        if (_count > 2) Draw();
    }

    /// <summary>Draws the last piece.</summary>
    public void Finish()
    {
        if (_count < 2) return;
        var (time, values) = _frames[3];
        var copy = values.Select(value => (float)value).ToArray();
        Shift(time, copy);
        Draw();
    }

    private void Shift(double time, ReadOnlySpan<float> values)
    {
        var first = _frames[0];
        Array.Copy(_frames, 1, _frames, 0, 3);
        _frames[3] = first;
        Set(3, time, values);
    }

    private void Set(int index, double time, ReadOnlySpan<float> values)
    {
        var target = _frames[index].Values;
        for (var channel = 0; channel < channels; channel++) target[channel] = values[channel];
        _frames[index].Time = time;
    }

    private void Draw()
    {
        var (from, to) = (_frames[1].Time, _frames[2].Time);
        var gap = to - from > MostGapMs;
        for (var time = StartMs + (_emitted * StepMs); time < to; time = StartMs + (++_emitted * StepMs))
        {
            for (var channel = 0; channel < channels; channel++) _output[channel] = gap ? Straight(channel, time) : Curved(channel, time);
            emit(_output, gap);
        }
    }

    private double Straight(int channel, double time)
    {
        var (a, b) = (_frames[1], _frames[2]);
        return a.Values[channel] + ((time - a.Time) / (b.Time - a.Time) * (b.Values[channel] - a.Values[channel]));
    }

    private double Curved(int channel, double time)
    {
        var (a, b, c, d) = (_frames[0], _frames[1], _frames[2], _frames[3]);
        var length = c.Time - b.Time;
        double Slope(double t0, double v0, double t1, double v1) => t1 > t0 ? (v1 - v0) / (t1 - t0) : 0;
        var left = length * Slope(a.Time, a.Values[channel], c.Time, c.Values[channel]);
        var right = length * Slope(b.Time, b.Values[channel], d.Time, d.Values[channel]);
        var x = (time - b.Time) / length;
        var (x2, x3) = (x * x, x * x * x);
        return (((2 * x3) - (3 * x2) + 1) * b.Values[channel]) + ((x3 - (2 * x2) + x) * left) + (((-2 * x3) + (3 * x2)) * c.Values[channel]) + ((x3 - x2) * right);
    }
}
