using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Training.Optimisers;

/// <summary>A group of parameters and what the optimiser keeps for them, as values of a graph.</summary>
internal sealed record Update(GraphValue Parameters, GraphValue[] Slots);
