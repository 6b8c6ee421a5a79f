using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>A row of a sparse matrix that is a part of scores.</summary>
/// <param name="Rows">The matrix; its columns are the items.</param>
/// <param name="Row">The row.</param>
/// <param name="Weight">What it is multiplied by.</param>
internal readonly record struct RowPart(SparseRows Rows, int Row, float Weight);
