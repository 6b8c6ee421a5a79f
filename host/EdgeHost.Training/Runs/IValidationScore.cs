namespace EdgeHost.Training.Runs;

/// <summary>Looks at the outputs of a validation, for example to count how many are right. Called by one thread at a time.</summary>
public interface IValidationScore
{
    /// <summary>A validation begins.</summary>
    void Begin();

    /// <summary>Takes the outputs of some examples.</summary>
    /// <param name="first">The first example's index in the validation data; the others follow it.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="outputs">Their outputs, one example's after the other; valid during the call.</param>
    void Add(int first, int count, ReadOnlySpan<float> outputs);
}
