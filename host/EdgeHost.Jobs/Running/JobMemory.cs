using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Specs;
using EdgeHost.Training.Optimisers;

namespace EdgeHost.Jobs.Running;

/// <summary>How much memory a job needs, about: two sets of parameters with what the optimiser keeps, the best ones and a gradient; twice what the forward pass makes; the examples.</summary>
internal static class JobMemory
{
    public static double Estimate(JobSpec spec, long dataBytes)
    {
        // In floating point: what a specification asks for may be beyond any whole number.
        var slots = spec.Optimiser is Sgd { Momentum: 0 } ? 0 : spec.Optimiser is Sgd ? 1 : 2;
        var parameters = (double)spec.Shape.Parameters * sizeof(float) * ((2 * (1 + slots)) + 2);
        var step = 2.0 * spec.Shape.ElementsPerExample * spec.Batch * sizeof(float);
        return parameters + step + dataBytes;
    }

    /// <summary>Throws where it is more than is allowed, for the specification or for one of its search.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="dataBytes">Bytes of its examples.</param>
    /// <param name="most">What is allowed.</param>
    /// <param name="key">The key of the configuration that says so.</param>
    public static void Check(JobSpec spec, long dataBytes, long most, string key)
    {
        foreach (var (_, tried) in Combinations.Of(spec)) CheckOne(tried, dataBytes, most, key);
    }

    private static void CheckOne(JobSpec spec, long dataBytes, long most, string key)
    {
        var need = Estimate(spec, dataBytes);
        if (need <= most) return;
        throw new EdgeHostException(
            ErrorCode.ResourceExhausted,
            $"The job needs about {need / (1 << 20):0} MiB ({spec.Shape.Parameters} parameters, batches of {spec.Batch}, {dataBytes >> 20} MiB of examples), and {most >> 20} MiB are allowed ({key}). Take a smaller network or batch.");
    }
}
