using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Rows;

/// <summary>
/// Rows that are there twice in a batch, in its first and in its second half, so that the network answers each with two dropouts. Of the rows
/// that a batch is asked for, the second half is not learned from; the next round is in another order. Not thread-safe.
/// </summary>
/// <param name="rows">The rows.</param>
internal sealed class TwinRows(ITrainingData rows) : ITrainingData
{
    private int[] _twice = [];

    /// <inheritdoc/>
    public int Count => rows.Count;

    /// <inheritdoc/>
    public string Hash => rows.Hash + "-twice";

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
    {
        if (_twice.Length != examples.Length) _twice = new int[examples.Length];
        var half = examples.Length / 2;
        examples[..half].CopyTo(_twice);
        examples[..half].CopyTo(_twice.AsSpan(half));
        rows.Fill(_twice, batch);
    }
}
