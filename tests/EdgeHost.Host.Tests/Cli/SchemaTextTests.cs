using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Tests.Cli;

public class SchemaTextTests
{
    [Fact]
    public void Of_NestedObjectsArraysEnumsAndBinaries_HasALineAField()
    {
        var lines = Of("""
            {"type":"object","required":["image"],"properties":{
              "image":{"type":"string","contentEncoding":"base64","description":"The picture."},
              "mode":{"enum":["fast","exact"],"default":"fast"},
              "share":{"type":"number","minimum":0,"maximum":1},
              "boxes":{"type":"array","maxItems":9,"items":{"type":"object","properties":{"x":{"type":"integer"},"mask":{"type":"string","contentEncoding":"base64"}}}},
              "labels":{"type":"object","additionalProperties":{"type":"string"}},
              "either":{"anyOf":[{"type":"string"},{"type":"null"}]}}}
            """);

        Assert.Equal(
            [
                "  image: bytes (--file image=FILE), required. The picture.",
                "  mode: one of fast, exact (default fast)",
                "  share: number (at least 0, at most 1)",
                "  boxes: array of object (at most 9 items)",
                "    x: integer",
                "    mask: bytes (--file boxes.0.mask=FILE)",
                "  labels: object of names, each with string",
                "  either: string or null",
            ],
            lines);
    }

    [Fact]
    public void Of_References_AreFollowed()
        => Assert.Equal(
            ["  a: object", "    n: integer"],
            Of("""{"$defs":{"thing":{"type":"object","properties":{"n":{"type":"integer"}}}},"properties":{"a":{"$ref":"#/$defs/thing"}}}"""));

    [Theory]
    [InlineData("{}", "  nothing")]
    [InlineData("true", "  nothing")]
    [InlineData("[1]", "  nothing")]
    [InlineData("{", "  a schema that is not JSON")]
    [InlineData("""{"properties":7}""", "  nothing")]
    [InlineData("""{"properties":{"a":7}}""", "  a: anything")]
    [InlineData("""{"properties":{"a":{"type":7,"enum":1,"required":"x","minimum":"y"}}}""", "  a: 7 (at least y)")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/a"}}}""", "  a: anything")]
    [InlineData("""{"properties":{"a":{"$ref":"#/nowhere"}}}""", "  a: anything")]
    public void Of_SchemasThatSayLittleOrNonsense_AreShownAsTheyAre(string schema, string line) => Assert.Equal(line, Assert.Single(Of(schema)));

    [Fact]
    public void Of_ASchemaThatHoldsItself_Ends()
    {
        var lines = Of("""{"properties":{"left":{"$ref":"#"},"right":{"$ref":"#"}}}""");

        Assert.InRange(lines.Count, 1, 501);
        Assert.Equal("  …", lines[^1]);
    }

    private static IReadOnlyList<string> Of(string schema) => SchemaText.Of(schema, "--file {0}=FILE");
}
