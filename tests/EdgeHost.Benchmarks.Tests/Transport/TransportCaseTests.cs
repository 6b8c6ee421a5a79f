using EdgeHost.Benchmarks.Transport;
using EdgeHost.Benchmarks.Transport.Cases;

namespace EdgeHost.Benchmarks.Tests.Transport;

public class TransportCaseTests
{
    [Fact]
    public void ManyInFlight_BytesInFlight_AreBounded()
    {
        var cases = TransportCase.ManyInFlight().ToList();

        Assert.All(cases, measured => Assert.InRange((long)measured.InFlight * measured.Exchange.Payload.Length, 1, TransportCase.MostBytesInFlight));
        Assert.Equal(cases.Count, cases.Select(measured => measured.Name).Distinct().Count());
        Assert.Contains("64 B, 256 in flight", cases.Select(measured => measured.Name));
        Assert.Contains("6 MiB, 5 in flight", cases.Select(measured => measured.Name));
    }

    [Fact]
    public void OneInFlight_HasEveryPayloadAndLargeAnswers()
        => Assert.Equal(
            ["64 B", "4 KiB", "64 KiB", "1 MiB", "6 MiB", "1 MiB answer", "6 MiB answer"],
            TransportCase.OneInFlight().Select(measured => measured.Name));

    [Fact]
    public void Bounds_AreThereForEveryPayload()
        => Assert.All(TransportCase.Payloads, bytes => Assert.NotNull(TransportBounds.Socket(bytes).Must));

    [Fact]
    public void Selection_NamesPartsAndContenders()
    {
        var selection = new TransportSelection(["ours", "many"]);

        Assert.True(selection.HasContender("ours"));
        Assert.False(selection.HasContender("grpc"));
        Assert.True(selection.HasPart("many"));
        Assert.False(selection.HasPart("idle"));
        Assert.True(new TransportSelection([]).HasContender("json"));
        Assert.Throws<FormatException>(() => new TransportSelection(["gprc"]));
    }
}
