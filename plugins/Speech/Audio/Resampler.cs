using System.Collections.Concurrent;
using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>
/// Changes the sample rate of one channel, block by block, to the same samples as in one go. An output is made when the samples after it are there, so it comes late by
/// 64 samples of the lower rate, and stands at its right time. Not thread-safe.
/// </summary>
internal sealed class Resampler
{
    private const int MostBanks = 16;
    private static readonly ConcurrentDictionary<(int Up, int Down), FilterBank> Banks = [];

    private readonly int _up;
    private readonly int _down;
    private readonly FilterBank? _bank;
    private readonly SampleQueue _input = new();
    private long _fraction;
    private int _skip;

    /// <summary>Begins a sound.</summary>
    /// <param name="from">Its samples a second.</param>
    /// <param name="to">Samples a second wanted.</param>
    public Resampler(int from, int to)
    {
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to);
        (_up, _down) = (to / divisor, from / divisor);
        if (_up == _down) return;
        _bank = BankOf(_up, _down);

        // Silence before the first sample.
        _input.Append(_bank.Half - 1).Clear();
    }

    /// <summary>Takes samples and gives those that can be made by now.</summary>
    /// <param name="samples">The next samples.</param>
    /// <param name="output">Takes them.</param>
    public void Push(ReadOnlySpan<float> samples, SampleQueue output)
    {
        if (_bank is null)
        {
            samples.CopyTo(output.Append(samples.Length));
            return;
        }

        samples.CopyTo(_input.Append(samples.Length));
        var waiting = _input.Waiting;
        var at = _skip;
        while (at + _bank.Length <= waiting.Length)
        {
            output.Append(1)[0] = At(waiting.Slice(at, _bank.Length));
            _fraction += _down;
            at += (int)(_fraction / _up);
            _fraction %= _up;
        }

        // The next output of a much lower rate may begin beyond what has come yet.
        var dropped = Math.Min(at, waiting.Length);
        _input.Drop(dropped);
        _skip = at - dropped;
    }

    /// <summary>Gives the rest: silence follows the last sample.</summary>
    /// <param name="output">Takes it.</param>
    public void Finish(SampleQueue output)
    {
        if (_bank is null) return;
        Span<float> silence = stackalloc float[64];
        silence.Clear();
        for (var left = _bank.Half; left > 0; left -= silence.Length) Push(silence[..Math.Min(left, silence.Length)], output);
    }

    private float At(ReadOnlySpan<float> samples)
    {
        if (_bank!.IsExact) return TensorPrimitives.Dot(samples, _bank[(int)_fraction]);
        var place = (double)_fraction / _up * _bank.Phases;
        var phase = (int)place;
        var (before, after) = (TensorPrimitives.Dot(samples, _bank[phase]), TensorPrimitives.Dot(samples, _bank[phase + 1]));
        return before + ((after - before) * (float)(place - phase));
    }

    private static FilterBank BankOf(int up, int down)
    {
        if (Banks.TryGetValue((up, down), out var known)) return known;

        // Whoever sends ever new rates must not fill the memory.
        if (Banks.Count >= MostBanks) Banks.Clear();
        return Banks[(up, down)] = new FilterBank(up, down);
    }
}
