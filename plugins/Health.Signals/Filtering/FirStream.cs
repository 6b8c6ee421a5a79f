namespace EdgeHost.Plugins.Health.Signals.Filtering;

/// <summary>A <see cref="FirKernel"/> over a signal that comes in pieces. Before its start and after its end the signal holds its first and last value.</summary>
internal sealed class FirStream
{
    private readonly FirKernel _kernel;
    private readonly float[] _buffer;
    private readonly float[] _output;
    private int _kept;
    private bool _started;

    /// <param name="kernel">The filter.</param>
    /// <param name="mostSamples">The longest piece that will be pushed.</param>
    public FirStream(FirKernel kernel, int mostSamples)
    {
        _kernel = kernel;
        var piece = Math.Max(mostSamples, kernel.Reach);
        _buffer = new float[(2 * kernel.Reach) + piece];
        _output = new float[piece];
    }

    /// <summary>Takes a piece and gives the outputs that are now certain: they lag by the kernel's reach. Valid until the next call.</summary>
    public ReadOnlySpan<float> Push(ReadOnlySpan<float> piece)
    {
        if (piece.IsEmpty) return [];
        if (!_started)
        {
            _started = true;
            _kept = _kernel.Reach;
            _buffer.AsSpan(0, _kept).Fill(piece[0]);
        }

        piece.CopyTo(_buffer.AsSpan(_kept));
        var filled = _kept + piece.Length;
        var count = Math.Max(0, filled - (2 * _kernel.Reach));
        _kernel.Apply(_buffer.AsSpan(0, filled), _output.AsSpan(0, count));
        _kept = filled - count;
        _buffer.AsSpan(count, _kept).CopyTo(_buffer);
        return _output.AsSpan(0, count);
    }

    /// <summary>The outputs that still lagged when the signal ended.</summary>
    public ReadOnlySpan<float> Finish()
    {
        if (!_started) return [];
        var tail = new float[_kernel.Reach];
        Array.Fill(tail, _buffer[_kept - 1]);
        return Push(tail);
    }
}
