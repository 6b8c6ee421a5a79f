using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Runs;

/// <summary>Tries several seeds: small networks stick in local minima for some first values.</summary>
public static class Restarts
{
    /// <summary>Trains with one seed after the other until a loss is good enough; else gives the best.</summary>
    /// <param name="firstSeed">The seed to begin with; each next one is one higher.</param>
    /// <param name="most">How many to try at most, at least 1.</param>
    /// <param name="goodLoss">A loss (validation, or training where there is none) at which to stop.</param>
    /// <param name="create">Makes the network for a seed.</param>
    /// <param name="train">Trains it. A run that diverges counts as the worst.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The network, which is the caller's to dispose, and how its run ended.</returns>
    /// <exception cref="TrainingDivergedException">Every run diverged; that of the last.</exception>
    public static async Task<(TrainingStep Step, TrainingOutcome Outcome)> RunAsync(
        ulong firstSeed,
        int most,
        float goodLoss,
        Func<ulong, TrainingStep> create,
        Func<TrainingStep, CancellationToken, Task<TrainingOutcome>> train,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        (TrainingStep Step, TrainingOutcome Outcome)? best = null;
        try
        {
            for (var number = 0; number < most && (best is null || LossOf(best.Value.Outcome) > goodLoss); number++)
            {
                var step = create(firstSeed + (ulong)number);
                try
                {
                    var outcome = await train(step, cancellationToken).ConfigureAwait(false);
                    if (best is null || LossOf(outcome) < LossOf(best.Value.Outcome)) (best, step) = ((step, outcome), best?.Step);
                }
                catch (TrainingDivergedException) when (number < most - 1 || best is not null)
                {
                    // Another seed may do better.
                }
                finally
                {
                    step?.Dispose();
                }
            }

            return best!.Value;
        }
        catch
        {
            best?.Step.Dispose();
            throw;
        }
    }

    private static float LossOf(TrainingOutcome outcome) => outcome.BestValidationLoss ?? outcome.Loss;
}
