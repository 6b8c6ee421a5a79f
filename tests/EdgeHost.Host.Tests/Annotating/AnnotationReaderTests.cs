using System.Numerics;
using System.Text.Json;
using EdgeHost.Host.Annotating;
using EdgeHost.Pictures.Annotations;

namespace EdgeHost.Host.Tests.Annotating;

/// <summary>What of a response can be drawn.</summary>
public class AnnotationReaderTests
{
    [Fact]
    public void Boxes_BecomeOutlines_WithLabelTrackAndConfidence()
    {
        var found = Assert.Single(Read("""{"objects":[{"label":"dog","confidence":0.857,"track":3,"box":{"x":10,"y":20.5,"width":30,"height":40}}],"model":"x"}"""));

        Assert.Equal("dog", found.Name);
        Assert.Equal("#3 0.86", found.Remark);
        Assert.Equal([new Vector2(10, 20.5f), new(40, 20.5f), new(40, 60.5f), new(10, 60.5f)], found.Outline);
    }

    [Fact]
    public void LinesOfText_HaveTheirPolygonAndNumber()
    {
        var found = Read("""{"text":"a b","lines":[{"text":"a","confidence":1,"polygon":[{"x":0,"y":0},{"x":1,"y":0},{"x":1,"y":2}]},{"text":"b","confidence":1,"polygon":[{"x":5,"y":5},{"x":6,"y":5}]}]}""");

        Assert.Equal(["1", "2"], found.Select(line => line.Remark));
        Assert.Equal(3, found[0].Outline.Count);
        Assert.All(found, static line => Assert.Null(line.Name));
    }

    [Fact]
    public void Bodies_HaveLinksBetweenThePointsThatAreSeen()
    {
        var found = Assert.Single(Read(
            """{"people":[{"confidence":0.9,"keypoints":[{"name":"left_shoulder","x":1,"y":1,"confidence":0.9},{"name":"right_shoulder","x":3,"y":1,"confidence":0.8},{"name":"left_elbow","x":0,"y":4,"confidence":0.1},{"name":"left_hip","x":1,"y":6,"confidence":0.3}]}]}"""));

        Assert.Equal(3, found.Points.Count);
        Assert.Equal([(0, 1), (0, 2)], found.Links.Order());
    }

    [Fact]
    public void Faces_HavePointsWithoutLinks()
    {
        var found = Assert.Single(Read("""{"faces":[{"confidence":0.9,"box":{"x":0,"y":0,"width":9,"height":9},"landmarks":[{"name":"left_eye","x":1,"y":1},{"name":"nose_tip","x":2,"y":2}]}]}"""));

        Assert.Equal(2, found.Points.Count);
        Assert.Empty(found.Links);
        Assert.Equal(4, found.Outline.Count);
    }

    [Fact]
    public void LabelsOfTheWholePicture_ComeLast_AndWithoutAPlace()
    {
        var found = Read("""{"labels":[{"label":"kitchen","confidence":0.7}],"objects":[{"label":"cup","box":{"x":0,"y":0,"width":1,"height":1}}]}""");

        Assert.Equal(["cup", "kitchen"], found.Select(static annotation => annotation.Name));
        Assert.Empty(found[1].Outline);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"objects":[1,null,"x",{"box":7},{"box":{"x":"a"}},{"polygon":3},{"keypoints":{}},{"landmarks":[4]}]}""")]
    public void WhatHasNoPlace_IsPassedOver(string response) => Assert.Empty(Read(response));

    private static IReadOnlyList<Annotation> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return AnnotationReader.Read(document.RootElement);
    }
}
