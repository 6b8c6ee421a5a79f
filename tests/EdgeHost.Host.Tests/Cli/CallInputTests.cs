using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Tests.Cli;

public class CallInputTests
{
    private static readonly CallInput Nothing = new(Lines: false, Field: null, File: null, ChunkBytes: 1024);

    [Fact]
    public void Check_WhatReadsStandardInputOnce_IsGood()
    {
        Nothing.Check(otherReaders: 1, pushes: false);
        Nothing.Check(otherReaders: 0, pushes: true);
        (Nothing with { Lines = true }).Check(otherReaders: 0, pushes: true);
        (Nothing with { File = new FieldAndPath("audio", "a.wav") }).Check(otherReaders: 1, pushes: true);
        (Nothing with { File = new FieldAndPath("audio", "-") }).Check(otherReaders: 0, pushes: true);
    }

    [Fact]
    public void Check_TwoReadersOfStandardInput_AreRefused()
    {
        AssertRefused(Nothing, otherReaders: 2, pushes: false, "can read standard input");
        AssertRefused(Nothing, otherReaders: 1, pushes: true, "can read standard input");
        AssertRefused(Nothing with { Lines = true }, otherReaders: 1, pushes: false, "can read standard input");
        AssertRefused(Nothing with { Field = "audio" }, otherReaders: 1, pushes: true, "can read standard input");
        AssertRefused(Nothing with { File = new FieldAndPath("audio", "-") }, otherReaders: 1, pushes: true, "can read standard input");
    }

    [Fact]
    public void Check_OptionsThatContradictEachOther_AreRefused()
    {
        AssertRefused(Nothing with { Lines = true, Field = "audio" }, otherReaders: 0, pushes: true, "exclude each other");
        AssertRefused(Nothing with { Field = "audio", File = new FieldAndPath("audio", "a.wav") }, otherReaders: 0, pushes: true, "exclude each other");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((32 << 20) + 1)]
    public void Check_AChunkOutOfRange_IsRefused(int bytes) => AssertRefused(Nothing with { ChunkBytes = bytes }, otherReaders: 0, pushes: true, $"--chunk is {bytes}");

    [Theory]
    [InlineData(null, 0)]
    [InlineData("{}", 0)]
    [InlineData("-", 1)]
    [InlineData("-", 2, "image=-", "mask=m.png")]
    [InlineData(null, 2, "image=-", "mask=-")]
    public void CountInputReaders_OfJsonAndFiles(string? json, int expected, params string[] files) => Assert.Equal(expected, CallRequest.CountInputReaders(json, files));

    private static void AssertRefused(CallInput input, int otherReaders, bool pushes, string problem)
        => Assert.Contains(problem, Assert.Throws<UsageException>(() => input.Check(otherReaders, pushes)).Message, StringComparison.Ordinal);
}
