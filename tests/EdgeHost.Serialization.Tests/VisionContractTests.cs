using EdgeHost.Capabilities.Models;
using EdgeHost.Capabilities.Vision;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

/// <summary>The keys that apps in any language rely on.</summary>
public class VisionContractTests
{
    [Fact]
    public void DetectFacesResponse_Keys_AreStable()
    {
        var bytes = WireMessageSerializer.ToArray(new DetectFacesResponse
        {
            Faces =
            [
                new Face { Confidence = 0.5, Box = new Box(1, 2, 3, 4), Landmarks = [new Landmark("nose_tip", 5, 6)] },
            ],
            Width = 640,
            Height = 480,
            Models = ["face@1"],
        });

        Assert.Equal(
            """{"faces":[{"confidence":0.5,"box":{"x":1,"y":2,"width":3,"height":4},"landmarks":[{"name":"nose_tip","x":5,"y":6}]}],"width":640,"height":480,"models":["face@1"]}""",
            MessagePackSerializer.ConvertToJson(bytes));
    }

    [Fact]
    public void RecognizeTextResponse_Keys_AreStable()
    {
        var bytes = WireMessageSerializer.ToArray(new RecognizeTextResponse
        {
            Text = "hi",
            Lines = [new TextLine { Text = "hi", Confidence = 1, Polygon = [new Point(0.5, 1)], Rotated180 = false }],
        });

        Assert.Equal(
            """{"text":"hi","lines":[{"text":"hi","confidence":1,"polygon":[{"x":0.5,"y":1}],"rotated_180":false}],"width":0,"height":0,"models":[]}""",
            MessagePackSerializer.ConvertToJson(bytes));
    }

    [Fact]
    public void PullProgress_Keys_AreStable()
        => Assert.Equal(
            """{"model":"m@1","phase":"downloading","bytes_done":5}""",
            MessagePackSerializer.ConvertToJson(WireMessageSerializer.ToArray(
                new PullProgress { Model = "m@1", Phase = PullPhase.Downloading, BytesDone = 5 })));

    [Fact]
    public void DetectFacesRequest_MinConfidenceOutOfRange_IsRefused()
        => Assert.Equal(
            "Field 'min_confidence' is 2; allowed are 0 to 1.",
            Pack.Refused<DetectFacesRequest>(Pack.Pair("min_confidence", (ref MessagePackWriter writer) => writer.Write(2))).Message);
}
