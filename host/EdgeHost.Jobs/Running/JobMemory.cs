using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Specs;
using EdgeHost.Training.Optimisers;

namespace EdgeHost.Jobs.Running;

/// <summary>How much memory a job needs, about: two sets of parameters with what the optimiser keeps, the best ones and a gradient; twice what the forward pass makes; the examples.</summary>
internal static class JobMemory
{
    public static long Estimate(JobSpec spec, JobData data)
    {
        var slots = spec.Optimiser is Sgd { Momentum: 0 } ? 0 : spec.Optimiser is Sgd ? 1 : 2;
        var parameters = spec.Shape.Parameters * sizeof(float) * ((2 * (1 + slots)) + 2);
        var step = 2 * spec.Shape.ElementsPerExample * spec.Batch * sizeof(float);
        return parameters + step + data.Bytes;
    }

    /// <summary>Throws where it is more than is allowed.</summary>
    public static void Check(JobSpec spec, JobData data, long most)
    {
        var need = Estimate(spec, data);
        if (need <= most) return;
        throw new EdgeHostException(
            ErrorCode.ResourceExhausted,
            $"The job needs about {need >> 20} MiB ({spec.Shape.Parameters} parameters, batches of {spec.Batch}, {data.Bytes >> 20} MiB of examples), and {most >> 20} MiB are allowed ({JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}). Take a smaller network or batch.");
    }
}
