using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Data;

/// <summary>Examples that a network is trained on or measured with. Called by one thread at a time.</summary>
public interface ITrainingData
{
    /// <summary>How many examples there are, at least 1; must not change.</summary>
    int Count { get; }

    /// <summary>Says what the examples are, so that a checkpoint is only gone on with on the same ones: a hash of the content, or a version.</summary>
    string Hash { get; }

    /// <summary>Writes examples into every input of a batch, the first of them first.</summary>
    /// <param name="examples">As many indices (0 to <see cref="Count"/> - 1) as the batch has examples.</param>
    /// <param name="batch">Where they go.</param>
    void Fill(ReadOnlySpan<int> examples, BatchBuffers batch);
}
