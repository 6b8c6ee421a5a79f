namespace EdgeHost.Jobs.Results;

/// <summary>An input or output of a trained model.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type"><c>float32</c> or <c>int64</c>.</param>
/// <param name="Shape">Its shape for one example; the batch stands before it.</param>
public sealed record ModelTensor(string Name, string Type, IReadOnlyList<long> Shape);
