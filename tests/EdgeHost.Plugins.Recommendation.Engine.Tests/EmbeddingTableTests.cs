using EdgeHost.Plugins.Recommendation.Engine.Models.Content;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Directions with 8 bits a number against those with 64.</summary>
public class EmbeddingTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(384)]
    [InlineData(1000)]
    [InlineData(Int8Math.MostNumbers)]
    public void Dot_IsTheSumOfProducts_WithAndWithoutWideRegisters(int count)
    {
        var random = new Random(count);
        sbyte[] a = [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-127, 128))];
        short[] b = [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-Int8Math.MostOf(count), Int8Math.MostOf(count) + 1))];
        var expected = Enumerable.Range(0, count).Sum(i => a[i] * b[i]);

        Assert.Equal(expected, Int8Math.Dot(a, b));
        Assert.Equal(expected, Int8Math.DotPortable(a, b));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(384)]
    [InlineData(Int8Math.MostNumbers)]
    public void Dot_OfBytes_IsTheSumOfProducts(int count)
    {
        var random = new Random(count);
        sbyte[] a = [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-127, 128))];
        sbyte[] b = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? (sbyte)random.Next(-127, 128) : a[i])];

        Assert.Equal(Enumerable.Range(0, count).Sum(i => a[i] * b[i]), Int8Math.Dot(a, b));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(516)]
    [InlineData(Int8Math.MostNumbers)]
    public void Dot_OfTheLargestNumbers_DoesNotOverflow(int count)
    {
        var (a, b) = (new sbyte[count], new short[count]);
        Array.Fill(a, (sbyte)-127);
        Array.Fill(b, (short)Int8Math.MostOf(count));
        var expected = checked(-127 * Int8Math.MostOf(count) * count);

        Assert.Equal(expected, Int8Math.Dot(a, b));
        Assert.Equal(expected, Int8Math.DotPortable(a, b));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(384)]
    [InlineData(896)]
    public void Scores_AreThoseOfTheGivenVectors_ButForRounding(int width)
    {
        var random = new Random(width);
        float[][] vectors = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() - 0.5) * 7).ToArray())];
        var table = Table(vectors);
        var scores = new float[vectors.Length];
        var query = Unit(vectors[5]);

        table.Score(Array.ConvertAll(query, static value => (float)value), scores);

        for (var item = 0; item < vectors.Length; item++)
        {
            var exact = Enumerable.Range(0, width).Sum(i => query[i] * Unit(vectors[item])[i]);
            Assert.Equal(exact, scores[item], 0.01);
            Assert.Equal(exact, table.Cosine(5, item), 0.01);
        }

        Assert.Equal(1, table.Cosine(5, 5), 1e-6);
        Assert.Equal(vectors.Length, table.RowCount);
    }

    [Fact]
    public void WhatHasNoDirection_HasNoEmbedding_AndScoresZero()
    {
        var table = Table([[1, 2], [0, 0], [float.NaN, 1], [float.PositiveInfinity, 0], [3e38f, 3e38f], [1e-42f, 0]]);
        var scores = new float[] { 9, 9, 9, 9, 9, 9 };

        table.Score([1, 0], scores);

        Assert.Equal([true, false, false, false, true, true], Enumerable.Range(0, 6).Select(table.Has));
        Assert.Equal([0, 0, 0], scores[1..4]);
        Assert.Equal(0, table.Cosine(0, 1));
        Assert.Equal(Math.Sqrt(0.5), scores[4], 1e-3);
        Assert.Equal(1, scores[5], 1e-3);
    }

    [Fact]
    public void Scores_OfAQueryOfZeros_AreZero()
    {
        var scores = new float[] { 9, 9 };
        Table([[1, 2], [3, 4]]).Score([0, 0], scores);
        Assert.Equal([0, 0], scores);
    }

    [Fact]
    public void Table_SurvivesItsFile_AndOtherNumbers()
    {
        var table = Table([[1, 2], [0, 0], [-3, 1], [5, 0.1f]]);
        using var stream = new MemoryStream();
        using (var writer = new ModelWriter(stream))
        {
            table.Write(writer);
            writer.Finish();
        }

        stream.Position = 0;
        var read = EmbeddingTable.Read(new ModelReader(stream, stream.Length - 32), 4);
        var mapped = table.Mapped([2, 0, -1, 1], 3);

        Assert.Equal((2, 3), (read.Width, read.RowCount));
        Assert.Equal(table.Cosine(0, 2), read.Cosine(0, 2));
        Assert.Equal((2, table.Cosine(0, 3)), (mapped.RowCount, mapped.Cosine(2, 1)));
    }

    private static EmbeddingTable Table(float[][] vectors)
        => EmbeddingTable.Create([.. vectors.Select(static (vector, item) => (item, (ReadOnlyMemory<float>)vector))], vectors.Length, vectors[0].Length);

    private static double[] Unit(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(static value => (double)value * value));
        return Array.ConvertAll(vector, value => value / length);
    }
}
