using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>What items say alike is held once, and is what they said.</summary>
public class SharedValuesTests
{
    private readonly SharedValues _shared = new();

    [Fact]
    public void Items_AreDescribedAsTheyWerePut()
    {
        var item = _shared.Describe(new CatalogItem
        {
            Item = "a", Title = "title", Text = "text", Tags = ["red", "blue"],
            Attributes = new Dictionary<string, AttributeValue> { ["year"] = 1999.0, ["author"] = "ann", ["cast"] = AttributeValue.FromTexts("bob", "cid") },
            Embedding = new ItemVector(new float[] { 1, 2 }),
        });

        Assert.Equal(("a", "title", "text"), (item.Id, item.Title, item.Text));
        Assert.Equal(["red", "blue"], item.Tags);
        Assert.Equal(["author", "cast", "year"], item.Attributes.Keys);
        Assert.Equal((1999.0, "ann"), (item.Attributes["year"].Number, Assert.Single(item.Attributes["author"].Texts)));
        Assert.Equal(["bob", "cid"], item.Attributes["cast"].Texts);
        Assert.Equal([1, 2], item.Embedding.ToArray());
        Assert.False(item.Attributes.TryGetValue("other", out _));
        Assert.Throws<KeyNotFoundException>(() => item.Attributes["other"]);
    }

    [Fact]
    public void WhatTwoItemsSayAlike_IsHeldOnce()
    {
        var (a, b) = (Describe("a"), Describe("b"));

        Assert.Same(a.Tags[0], b.Tags[0]);
        Assert.Same(a.Attributes["author"], b.Attributes["author"]);
        Assert.Same(a.Attributes.Keys, b.Attributes.Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FewAttributes.Most)]
    [InlineData(FewAttributes.Most + 1)]
    public void AnyNumberOfAttributes_IsKept(int count)
    {
        var item = _shared.Describe(new CatalogItem { Item = "a", Attributes = Enumerable.Range(0, count).ToDictionary(static i => $"name{i}", static i => (AttributeValue)$"value{i}") });

        Assert.Equal(count, item.Attributes.Count);
        for (var i = 0; i < count; i++) Assert.Equal($"value{i}", Assert.Single(item.Attributes[$"name{i}"].Texts));
    }

    [Fact]
    public void NamesThatReadAlike_AreNotMixedUp()
    {
        var one = _shared.Describe(new CatalogItem { Item = "a", Attributes = new Dictionary<string, AttributeValue> { ["a1:b"] = 1.0 } });
        var two = _shared.Describe(new CatalogItem { Item = "b", Attributes = new Dictionary<string, AttributeValue> { ["a"] = 1.0, ["b"] = 2.0 } });

        Assert.Equal(["a1:b"], one.Attributes.Keys);
        Assert.Equal(["a", "b"], two.Attributes.Keys);
    }

    // New texts each time, as they come from the wire.
    private Engine.Data.CatalogueItem Describe(string id) => _shared.Describe(new CatalogItem
    {
        Item = id, Tags = [new string("red")], Attributes = new Dictionary<string, AttributeValue> { [new string("author")] = new string("ann"), [new string("year")] = 1999.0 },
    });
}
