using EdgeHost.Training.Data;

namespace EdgeHost.Jobs.Data;

/// <summary>Examples for one use, as a run takes them.</summary>
internal sealed class DataPart
{
    /// <summary>Inputs and targets.</summary>
    public required ArrayData Data { get; init; }

    /// <summary>The class of each example where the task is to classify; empty otherwise.</summary>
    public int[] Classes { get; init; } = [];

    /// <summary>The numbers of the examples where the task is regression; empty otherwise.</summary>
    public float[] Targets { get; init; } = [];

    public int Count => Data.Count;
}
