namespace EdgeHost.Training.Runs;

/// <summary>What a run knows of itself beside the network's state, and what a checkpoint keeps of it.</summary>
internal sealed class RunState
{
    private const double Smoothing = 0.98;

    /// <summary>The loss of the first step.</summary>
    public float FirstLoss { get; set; } = float.NaN;

    /// <summary>The loss, smoothed.</summary>
    public double Loss { get; set; } = double.NaN;

    /// <summary>The lowest validation loss so far; infinite before the first.</summary>
    public float BestLoss { get; set; } = float.PositiveInfinity;

    /// <summary>The step of that validation.</summary>
    public long BestStep { get; set; }

    /// <summary>The step of the last validation.</summary>
    public long ValidatedStep { get; set; }

    /// <summary>Validations since the best.</summary>
    public int Stale { get; set; }

    /// <summary>The parameters of that validation; empty before the first.</summary>
    public float[] Best { get; set; } = [];

    public void Add(float loss)
    {
        if (float.IsNaN(FirstLoss)) FirstLoss = loss;
        Loss = double.IsNaN(Loss) ? loss : (Smoothing * Loss) + ((1 - Smoothing) * loss);
    }

    /// <summary>Notes a validation; true where it is the best so far.</summary>
    public bool Judge(float loss, float leastImprovement)
    {
        if (loss < BestLoss - leastImprovement || (float.IsPositiveInfinity(BestLoss) && float.IsFinite(loss)))
        {
            BestLoss = loss;
            Stale = 0;
            return true;
        }

        Stale++;
        return false;
    }
}
