using System.Text.Json;
using EdgeHost.Capabilities.Vision;

namespace EdgeHost.Serialization.Tests;

public class JsonSchemaTests
{
    [Fact]
    public void JsonSchema_Members_HaveTypesAndDefaults()
    {
        var properties = Parse<Everything>().GetProperty("properties");

        Assert.Equal("""{"description":"A \u0022flag\u0022 with a back\\slash.","type":"boolean"}""", Text(properties, "flag"));
        Assert.Equal("""{"type":"integer","default":7}""", Text(properties, "count"));
        Assert.Equal("""{"type":"integer","minimum":0,"maximum":255}""", Text(properties, "octet"));
        Assert.Equal("""{"type":"string","contentEncoding":"base64"}""", Text(properties, "blob"));
        Assert.Equal("""{"type":"string","enum":["red","dark_blue"],"default":"dark_blue"}""", Text(properties, "colour"));
        Assert.Equal("""{"type":"array","items":{"type":"array","items":{"type":"integer"}}}""", Text(properties, "matrix"));
        Assert.Equal("""{"type":"object","additionalProperties":{"type":"string"}}""", Text(properties, "tags"));
        Assert.Equal("integer", properties.GetProperty("inner").GetProperty("properties").GetProperty("value").GetProperty("type").GetString());
    }

    [Fact]
    public void JsonSchema_Required_ListsRequiredMembersOnly()
    {
        Assert.Equal("""["flag","text"]""", Text(Parse<Everything>(), "required"));
        Assert.Equal("""["value"]""", Text(Parse<Inner>(), "required"));
        Assert.False(Parse<Limited>().TryGetProperty("required", out _));
    }

    [Fact]
    public void JsonSchema_Limits_AreThere()
    {
        var properties = Parse<Limited>().GetProperty("properties");

        Assert.Equal("""{"description":"From one to ten.","type":"integer","minimum":1,"maximum":10,"default":1}""", Text(properties, "whole"));
        Assert.Equal("""{"type":"number","minimum":0}""", Text(properties, "positive"));
        Assert.Equal("""{"type":"string","maxLength":3,"default":""}""", Text(properties, "nickname"));
        Assert.Equal("""{"type":"array","items":{"type":"integer"},"maxItems":2}""", Text(properties, "few"));
    }

    [Fact]
    public void JsonSchema_Recursion_Ends()
        => Assert.Equal("""{"type":"object"}""", Text(Parse<Tree>().GetProperty("properties").GetProperty("children"), "items"));

    [Fact]
    public void JsonSchema_NestedFromAnotherAssembly_TakesTheMembersDescription()
    {
        var box = Parse<Face>().GetProperty("properties").GetProperty("box");

        Assert.Equal("Where the face is, in pixels of the picture after EXIF rotation.", box.GetProperty("description").GetString());
        Assert.Equal("object", box.GetProperty("type").GetString());
        Assert.Single(box.EnumerateObject(), static p => p.Name == "description");
    }

    [Fact]
    public void JsonSchema_Type_HasItsSummary()
        => Assert.Equal("Every kind of member.", Parse<Everything>().GetProperty("description").GetString());

    private static JsonElement Parse<T>()
        where T : IWireMessage<T>
        => JsonDocument.Parse(T.JsonSchema).RootElement;

    private static string Text(JsonElement parent, string name) => JsonSerializer.Serialize(parent.GetProperty(name));
}
