using EdgeHost.TestKit;

namespace EdgeHost.Protocol.Tests;

public class ErrorDocumentationTests
{
    [Theory]
    [MemberData(nameof(Codes))]
    public void ErrorsPage_EveryCode_HasARowWithItsNameAndNumber(ErrorCode code)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"));

        Assert.Contains($"| `{code.ToWireName()}` | {(int)code} |", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void WireName_EveryCode_ReadsBack(ErrorCode code)
        => Assert.Equal(code, ErrorCodeNames.FromWireName(code.ToWireName()));

    [Theory]
    [InlineData(HostMethods.Hello)]
    [InlineData(HostMethods.Ping)]
    [InlineData(HostMethods.Capabilities)]
    [InlineData(Notifications.Item)]
    [InlineData(Notifications.Credit)]
    [InlineData(Notifications.Cancel)]
    [InlineData(Notifications.Info)]
    [InlineData(Notifications.GoingAway)]
    public void ProtocolPage_EveryName_IsDescribed(string name)
        => Assert.Contains($"`{name}", File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocol.md")), StringComparison.Ordinal);

    public static TheoryData<ErrorCode> Codes => [.. Enum.GetValues<ErrorCode>()];
}
