using EdgeHost.Plugins.Vision.Tracking;

namespace EdgeHost.Plugins.Vision.Tests.Tracking;

/// <summary>The cheapest pairs, beside a search through all of them.</summary>
public class AssignmentTests
{
    [Fact]
    public void Solve_RandomCosts_AreAsCheapAsTheBestOfAllWays()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var (rows, columns) = (random.Next(0, 6), random.Next(0, 6));
            var limit = (float)random.NextDouble();
            var costs = new float[rows, columns];
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++) costs[row, column] = random.Next(5) == 0 ? float.PositiveInfinity : (float)random.NextDouble();
            }

            var columnOf = Assignment.Solve(costs, limit);

            Assert.Equal(rows, columnOf.Length);
            var paired = columnOf.Where(static column => column >= 0).ToArray();
            Assert.Equal(paired.Length, paired.Distinct().Count());
            Assert.All(Enumerable.Range(0, rows).Where(row => columnOf[row] >= 0), row => Assert.True(costs[row, columnOf[row]] <= limit));
            Assert.Equal(Best(costs, limit, 0, []), Enumerable.Range(0, rows).Sum(row => columnOf[row] < 0 ? limit : (double)costs[row, columnOf[row]]), 1e-5);
        }
    }

    [Fact]
    public void Solve_NeedsToGiveUpTheCheapestPair_ForACheaperWhole()
        => Assert.Equal([1, 0], Assignment.Solve(new[,] { { 0.1f, 0.2f }, { 0.2f, 0.9f } }, 1));

    private static double Best(float[,] costs, float limit, int row, HashSet<int> taken)
    {
        if (row == costs.GetLength(0)) return 0;
        var best = limit + Best(costs, limit, row + 1, taken);
        for (var column = 0; column < costs.GetLength(1); column++)
        {
            if (costs[row, column] > limit || !taken.Add(column)) continue;
            best = Math.Min(best, costs[row, column] + Best(costs, limit, row + 1, taken));
            taken.Remove(column);
        }

        return best;
    }
}
