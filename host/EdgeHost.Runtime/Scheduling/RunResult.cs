namespace EdgeHost.Runtime.Scheduling;

/// <summary>What came of a run, step by step in the order of its tickets.</summary>
/// <param name="First">Of the only step, or of the first.</param>
/// <param name="Each">Of all steps of a joined run; null for a run of one step.</param>
/// <param name="WasJoined">Whether the device ran the steps as one, so that its time says something about such runs.</param>
/// <param name="Bucket">What <see cref="ShapeBucket"/> made of what ran.</param>
internal readonly record struct RunResult(StepOutcome First, StepOutcome[]? Each, bool WasJoined, long Bucket)
{
    public StepOutcome Of(int index) => Each is null ? First : Each[index];

    /// <summary>Whether every step of it has outputs.</summary>
    public bool IsSuccess
    {
        get
        {
            if (Each is null) return First.Outputs is not null;
            foreach (var outcome in Each)
            {
                if (outcome.Outputs is null) return false;
            }

            return true;
        }
    }
}
