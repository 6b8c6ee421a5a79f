namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>Pairs rows and columns at the least total cost: the Hungarian method with shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987), in O(n² m).</summary>
internal static class Assignment
{
    /// <summary>Pairs as many rows and columns as cost no more than a limit each, and of all such ways the cheapest.</summary>
    /// <param name="costs">A cost for each row and column, 0 or more; pairs that must not be are <see cref="float.PositiveInfinity"/>.</param>
    /// <param name="limit">The most that a pair may cost.</param>
    /// <returns>The column of each row, or -1.</returns>
    public static int[] Solve(float[,] costs, float limit)
    {
        var (rows, columns) = (costs.GetLength(0), costs.GetLength(1));
        var columnOf = new int[rows];
        Array.Fill(columnOf, -1);
        if (rows == 0 || columns == 0) return columnOf;

        // Each row has a column of its own that stands for "nobody", so that every row finds a place and a pair above the limit never pays.
        var total = columns + rows;
        var rowOf = new int[total];
        Array.Fill(rowOf, -1);
        var rowPrice = new double[rows];
        var columnPrice = new double[total];
        for (var row = 0; row < rows; row++) Augment(row, new Problem(costs, limit, rowOf, rowPrice, columnPrice));
        for (var column = 0; column < columns; column++)
        {
            if (rowOf[column] is var row and >= 0) columnOf[row] = column;
        }

        return columnOf;
    }

    // Dijkstra over reduced costs from the row to the nearest free column, and then the rows along the path move on by one column.
    private static void Augment(int first, Problem problem)
    {
        var total = problem.RowOf.Length;
        var distance = new double[total];
        var previous = new int[total];
        var done = new bool[total];
        Array.Fill(distance, double.PositiveInfinity);
        Array.Fill(previous, -1);
        var (row, reached, at) = (first, 0.0, -1);
        while (true)
        {
            Relax(problem, row, at, reached, distance, previous, done);
            at = Nearest(distance, done);
            done[at] = true;
            reached = distance[at];
            if (problem.RowOf[at] < 0) break;
            row = problem.RowOf[at];
        }

        Reprice(problem, first, reached, distance, done, at);
        while (at >= 0)
        {
            var before = previous[at];
            problem.RowOf[at] = before < 0 ? first : problem.RowOf[before];
            at = before;
        }
    }

    private static void Relax(Problem problem, int row, int from, double reached, double[] distance, int[] previous, bool[] done)
    {
        for (var column = 0; column < distance.Length; column++)
        {
            if (done[column]) continue;
            var length = reached + problem.CostOf(row, column) - problem.RowPrice[row] - problem.ColumnPrice[column];
            if (length < distance[column]) (distance[column], previous[column]) = (length, from);
        }
    }

    private static int Nearest(double[] distance, bool[] done)
    {
        var nearest = -1;
        for (var column = 0; column < distance.Length; column++)
        {
            if (!done[column] && (nearest < 0 || distance[column] < distance[nearest])) nearest = column;
        }

        return nearest;
    }

    private static void Reprice(Problem problem, int first, double reached, double[] distance, bool[] done, int last)
    {
        problem.RowPrice[first] += reached;
        for (var column = 0; column < distance.Length; column++)
        {
            if (!done[column] || column == last) continue;
            problem.ColumnPrice[column] += distance[column] - reached;
            problem.RowPrice[problem.RowOf[column]] += reached - distance[column];
        }
    }

    private sealed record Problem(float[,] Costs, float Limit, int[] RowOf, double[] RowPrice, double[] ColumnPrice)
    {
        public double CostOf(int row, int column)
        {
            var columns = Costs.GetLength(1);
            if (column >= columns) return column - columns == row ? Limit : double.PositiveInfinity;
            return Costs[row, column] <= Limit ? Costs[row, column] : double.PositiveInfinity;
        }
    }
}
