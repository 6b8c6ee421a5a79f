using System.Numerics;
using EdgeHost.Plugins.Vision.Faces;

namespace EdgeHost.Plugins.Vision.Tests.Faces;

public class BlazeFaceDecoderTests
{
    [Theory]
    [InlineData(0, 16, 2, 0.5f / 16, 0.5f / 16)]
    [InlineData(1, 16, 2, 0.5f / 16, 0.5f / 16)]
    [InlineData(2, 16, 2, 1.5f / 16, 0.5f / 16)]
    [InlineData(511, 16, 2, 15.5f / 16, 15.5f / 16)]
    [InlineData(6, 8, 6, 1.5f / 8, 0.5f / 8)]
    [InlineData(48, 8, 6, 0.5f / 8, 1.5f / 8)]
    [InlineData(383, 8, 6, 7.5f / 8, 7.5f / 8)]
    public void Anchor_Index_IsTheMiddleOfItsCell(int index, int grid, int perCell, float x, float y)
        => Assert.Equal(new Vector2(x, y), BlazeFaceDecoder.Anchor(index, grid, perCell));

    [Fact]
    public void Decode_OneSureAnchor_GivesItsBoxAndPointsRelativeToTheInput()
    {
        // Anchor 3 of a 2 x 2 grid with one a cell is (0.75, 0.75); all numbers are pixels of a 100 pixel input.
        float[] logits = [-5, -5, -5, 2];
        var boxes = new float[4 * 16];
        ((float[])[10, -5, 20, 40, 1, 2]).CopyTo(boxes, 48);
        var found = new List<FaceCandidate>();

        BlazeFaceDecoder.Decode(logits, boxes, 2, 1, 100, 0.5f, found);

        var face = Assert.Single(found);
        Assert.Equal(0.880797f, face.Score, 5);
        Assert.Equal((0.75f, 0.5f), (MathF.Round(face.Left, 5), MathF.Round(face.Top, 5)));
        Assert.Equal((0.95f, 0.9f), (MathF.Round(face.Right, 5), MathF.Round(face.Bottom, 5)));
        Assert.Equal((0.76f, 0.77f), (MathF.Round(face.Coordinates[4], 5), MathF.Round(face.Coordinates[5], 5)));
    }

    [Fact]
    public void Decode_NotANumber_IsNoFace()
    {
        var found = new List<FaceCandidate>();

        BlazeFaceDecoder.Decode([float.NaN], new float[16], 1, 1, 100, 0.5f, found);

        Assert.Empty(found);
    }

    [Fact]
    public void Overlap_HandComputedBoxes_IsSharedOverJoined()
    {
        Assert.Equal(1f / 3, FaceCandidate.Overlap(Face(1, 0, 0, 2, 2), Face(1, 1, 0, 3, 2)), 5);
        Assert.Equal(0, FaceCandidate.Overlap(Face(1, 0, 0, 2, 2), Face(1, 2, 0, 3, 2)));
        Assert.Equal(0, FaceCandidate.Overlap(Face(1, 0, 0, 0, 0), Face(1, 0, 0, 0, 0)));
    }

    [Fact]
    public void Merge_OverlappingBoxes_AreAveragedByScoreAndTheRestStays()
    {
        var merged = BlazeFaceDecoder.Merge([Face(0.5f, 30, 0, 40, 10), Face(0.6f, 1, 0, 11, 10), Face(0.9f, 0, 0, 10, 10)]);

        Assert.Equal(2, merged.Count);
        Assert.Equal(0.9f, merged[0].Score);
        Assert.Equal(0.4f, merged[0].Left, 5);
        Assert.Equal(10.4f, merged[0].Right, 4);
        Assert.Equal((0.5f, 30f), (merged[1].Score, merged[1].Left));
    }

    private static FaceCandidate Face(float score, float left, float top, float right, float bottom)
    {
        var face = new FaceCandidate { Score = score };
        face.Coordinates[0] = left;
        face.Coordinates[1] = top;
        face.Coordinates[2] = right;
        face.Coordinates[3] = bottom;
        return face;
    }
}
