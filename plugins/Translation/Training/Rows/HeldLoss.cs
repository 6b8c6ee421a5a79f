using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Rows;

/// <summary>The loss on rows that are not learned from. Not thread-safe.</summary>
/// <param name="step">The network; stays the caller's, and must outlive this.</param>
/// <param name="held">The rows.</param>
internal sealed class HeldLoss(TrainingStep step, ITrainingData held) : IDisposable
{
    private readonly EvaluationStep _evaluation = new(step);

    /// <summary>The mean over all batches; the last one is filled up with the first rows.</summary>
    public float Measure()
    {
        var rows = new int[_evaluation.Batch.Size];
        double sum = 0;
        var batches = 0;
        for (var first = 0; first < held.Count; first += rows.Length)
        {
            for (var i = 0; i < rows.Length; i++) rows[i] = (first + i) % held.Count;
            held.Fill(rows, _evaluation.Batch);
            sum += _evaluation.Run();
            batches++;
        }

        return (float)(sum / batches);
    }

    /// <inheritdoc/>
    public void Dispose() => _evaluation.Dispose();
}
