namespace EdgeHost.Plugins.Language.Training.Teacher;

/// <summary>Reduces vectors to where they differ most, by orthogonal iteration over their covariance.</summary>
internal static class PrincipalComponents
{
    private const int Rounds = 60;

    /// <summary>Reduces vectors; they lose their mean.</summary>
    /// <param name="vectors">Vectors of one length.</param>
    /// <param name="count">Components that are kept.</param>
    public static float[][] Reduce(float[][] vectors, int count)
    {
        var width = vectors[0].Length;
        var mean = new double[width];
        foreach (var vector in vectors)
        {
            for (var k = 0; k < width; k++) mean[k] += vector[k] / vectors.Length;
        }

        foreach (var vector in vectors)
        {
            for (var k = 0; k < width; k++) vector[k] -= (float)mean[k];
        }

        var directions = Directions(Covariance(vectors, width), width, count);
        return Array.ConvertAll(vectors, vector => Array.ConvertAll(directions, direction => (float)Product(direction, vector)));
    }

    private static double[][] Covariance(float[][] vectors, int width)
    {
        var covariance = Enumerable.Range(0, width).Select(_ => new double[width]).ToArray();
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                double sum = 0;
                foreach (var vector in vectors) sum += vector[row] * (double)vector[column];
                covariance[row][column] = covariance[column][row] = sum / vectors.Length;
            }
        }

        return covariance;
    }

    private static double[][] Directions(double[][] covariance, int width, int count)
    {
#pragma warning disable CA5394 // Repeatable, not secret.
        var random = new Random(1);
        var directions = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
#pragma warning restore CA5394
        for (var round = 0; round < Rounds; round++)
        {
            directions = Array.ConvertAll(directions, direction => Array.ConvertAll(covariance, row => Product(row, direction)));
            for (var i = 0; i < count; i++)
            {
                for (var before = 0; before < i; before++)
                {
                    var share = Product(directions[before], directions[i]);
                    for (var k = 0; k < width; k++) directions[i][k] -= share * directions[before][k];
                }

                var length = Math.Sqrt(Product(directions[i], directions[i]));
                for (var k = 0; k < width; k++) directions[i][k] /= length;
            }
        }

        return directions;
    }

    private static double Product(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static double Product(double[] left, float[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
