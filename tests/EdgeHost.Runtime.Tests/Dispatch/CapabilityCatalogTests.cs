using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Runtime.Tests.Dispatch;

public sealed class CapabilityCatalogTests
{
    private readonly CapabilityCatalog _catalog = new();
    private readonly TestCapability _target = new((_, _, _) => ValueTask.CompletedTask);

    [Fact]
    public void Replace_NewRoutes_AreFoundAndSorted()
    {
        _catalog.Replace("b", [_target.Route("vision.b", "b")]);
        _catalog.Replace("a", [_target.Route("vision.c", "a"), _target.Route("vision.a", "a")]);

        Assert.Equal(["vision.a", "vision.b", "vision.c"], _catalog.Routes.Select(route => route.Method));
        Assert.Equal("b", _catalog.Find("vision.b")?.Provider);
        Assert.Null(_catalog.Find("vision.d"));
    }

    [Fact]
    public void Replace_SameProvider_TakesOutWhatIsNotListed()
    {
        _catalog.Replace("a", [_target.Route("x.old", "a"), _target.Route("x.kept", "a")]);
        _catalog.Replace("a", [_target.Route("x.kept", "a"), _target.Route("x.new", "a")]);
        Assert.Equal(["x.kept", "x.new"], _catalog.Routes.Select(route => route.Method));

        _catalog.Replace("a", []);
        Assert.Empty(_catalog.Routes);
    }

    [Fact]
    public void Replace_MethodOfAnother_NamesItAndChangesNothing()
    {
        _catalog.Replace("a", [_target.Route("x.shared", "a")]);
        _catalog.Replace("b", [_target.Route("x.mine", "b")]);

        var e = Assert.Throws<EdgeHostException>(() => _catalog.Replace("b", [_target.Route("x.new", "b"), _target.Route("x.shared", "b")]));

        Assert.Equal(ErrorCode.AlreadyExists, e.Code);
        Assert.Contains("'x.shared'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'a'", e.Message, StringComparison.Ordinal);
        Assert.Equal(["x.mine", "x.shared"], _catalog.Routes.Select(route => route.Method));
    }

    [Fact]
    public void Replace_RouteOfAnotherProvider_IsAMistake()
        => Assert.Throws<ArgumentException>(() => _catalog.Replace("a", [_target.Route("x.y", "b")]));

    [Theory]
    [InlineData("vision.detect_face", "vision.detect_faces")]
    [InlineData("vison.detect_faces", "vision.detect_faces")]
    [InlineData("speech.transcibe", "speech.transcribe")]
    [InlineData("entirely.different_thing", null)]
    [InlineData("", null)]
    public void NearestNames_Mistyped_IsFound(string name, string? expected)
        => Assert.Equal(expected, NearestNames.FindOne(name, ["speech.transcribe", "vision.detect_faces", "vision.detect_objects"]));

    [Fact]
    public void NearestNames_Several_AreOrderedByDistance()
        => Assert.Equal(["sitting", "sittings"], NearestNames.Find("siting", ["unrelated", "sittings", "sitting"], 3));

    [Fact]
    public void NearestNames_OfThoseThatContainTheName_TheShortestIsNearest()
        => Assert.Equal(["MaxConnections", "MaxConnectionRegionBytes"], NearestNames.Find("MaxConnection", ["MaxConnectionRegionBytes", "MaxConnections"], 2));
}
