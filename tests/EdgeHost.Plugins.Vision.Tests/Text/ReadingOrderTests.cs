using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Text;

namespace EdgeHost.Plugins.Vision.Tests.Text;

public class ReadingOrderTests
{
    [Fact]
    public void Arrange_Nothing_GivesNoRows() => Assert.Empty(ReadingOrder.Arrange([]));

    [Fact]
    public void Arrange_PiecesSideBySide_AreOneRowFromTheLeft()
        => Assert.Equal("1 0|2", Order(Line(200, 10, 100), Line(10, 12, 100), Line(10, 50, 100)));

    [Fact]
    public void Arrange_LinesThatOverlapLittle_AreRowsOfTheirOwn()
        => Assert.Equal("0|1|2", Order(Line(10, 0, 300), Line(10, 15, 300), Line(10, 30, 300)));

    [Fact]
    public void Arrange_SlantedPage_FollowsItsSlant()
    {
        // At 5 degrees the right piece of a row lies lower than the left piece of the next.
        var page = Matrix3x2.CreateRotation(5 * MathF.PI / 180);
        TextRegion[] lines = [Line(0, 0, 300), Line(500, 0, 300), Line(0, 30, 300), Line(500, 30, 300)];

        Assert.Equal("0 1|2 3", Order(Array.ConvertAll(lines, line => Turn(line, page))));
    }

    [Fact]
    public void Arrange_TwoColumnsUnderAHeading_ReadsOneColumnAfterTheOther()
    {
        TextRegion[] lines =
        [
            Line(0, 0, 700),
            Line(0, 40, 300), Line(400, 40, 300),
            Line(0, 65, 300), Line(400, 65, 300),
            Line(0, 90, 300), Line(400, 90, 300),
            Line(0, 140, 700),
        ];

        Assert.Equal("0|1|3|5|2|4|6|7", Order(lines));
    }

    [Fact]
    public void Arrange_ColumnsWhoseLinesDoNotAlign_ReadsOneColumnAfterTheOther()
    {
        var left = Enumerable.Range(0, 6).Select(static i => Line(0, i * 25, 300));
        var right = Enumerable.Range(0, 6).Select(static i => Line(400, 12 + (i * 25), 300));

        Assert.Equal("0|1|2|3|4|5|6|7|8|9|10|11", Order([.. left, .. right]));
    }

    [Fact]
    public void Arrange_Table_ReadsRowByRow()
    {
        var cells = Enumerable.Range(0, 12).Select(static i => Line(i % 3 * 200, i / 3 * 30, 80));

        Assert.Equal("0 1 2|3 4 5|6 7 8|9 10 11", Order([.. cells]));
    }

    private static TextRegion Line(float x, float y, float width)
        => new(new RotatedRectangle(new(x + (width / 2), y + 10), width, 20, 0).Corners(), 0, 1);

    private static TextRegion Turn(TextRegion line, Matrix3x2 page)
    {
        Vector2 Move(Vector2 corner) => Vector2.Transform(corner, page);
        var corners = line.Corners;
        return new TextRegion(
            new Quad(Move(corners.TopLeft), Move(corners.TopRight), Move(corners.BottomRight), Move(corners.BottomLeft)), 5 * MathF.PI / 180, 1);
    }

    private static string Order(params TextRegion[] lines)
        => string.Join('|', ReadingOrder.Arrange(lines).Select(static row => string.Join(' ', row)));
}
