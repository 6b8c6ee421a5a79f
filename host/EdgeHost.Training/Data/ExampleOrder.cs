using EdgeHost.Training.Randomness;

namespace EdgeHost.Training.Data;

/// <summary>
/// In which order examples come: a new order each time all have come, a batch going on into the next where it does not end with one. Follows
/// from the seed and the step, so there is nothing to keep. Not thread-safe.
/// </summary>
internal sealed class ExampleOrder(int count, int batch, ulong seed)
{
    private readonly int[] _order = new int[count];
    private readonly int[] _examples = new int[batch];
    private long _round = -1;

    /// <summary>The examples of a step, from 0; valid until the next call.</summary>
    public ReadOnlySpan<int> Of(long step)
    {
        var position = step * batch;
        foreach (ref var example in _examples.AsSpan())
        {
            Shuffle(position / count);
            example = _order[position % count];
            position++;
        }

        return _examples;
    }

    private void Shuffle(long round)
    {
        if (_round == round) return;
        _round = round;
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        var random = new SeededRandom(seed, "order", round);
        for (var i = _order.Length - 1; i > 0; i--)
        {
            var other = random.NextInt32(i + 1);
            (_order[i], _order[other]) = (_order[other], _order[i]);
        }
    }
}
