namespace EdgeHost.Plugins.Health.Signals.Filtering;

/// <summary>The moving mean around each instant of a signal that comes in pieces; zero outside of it.</summary>
internal sealed class MeanStream
{
    private readonly float[] _window;
    private double _sum;
    private int _at;
    private int _skip;

    /// <param name="length">The window, in samples; an odd number.</param>
    public MeanStream(int length)
    {
        _window = new float[length];
        _skip = Reach;
    }

    /// <summary>How many samples the outputs lag.</summary>
    public int Reach => _window.Length / 2;

    /// <summary>Takes one sample; gives whether an output is due.</summary>
    public bool Push(float value, out float mean)
    {
        _sum += value - (double)_window[_at];
        _window[_at] = value;
        if (++_at == _window.Length) _at = 0;
        // Differences of doubles can leave a trace below zero where the signal is zero.
        mean = (float)Math.Max(0, _sum / _window.Length);
        if (_skip == 0) return true;
        _skip--;
        return false;
    }
}
