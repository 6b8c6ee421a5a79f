using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests;

/// <summary>Credit that a client gives without measure.</summary>
public class CreditTests
{
    private const int Most = 1 << 20;

    [Fact]
    public async Task Credit_GivenOverAndOver_AddsUpToNoMoreThanTheMost()
    {
        await using var host = await StartAsync(items: 40);
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(1, "test.items"));

        // Beyond what an integer counts, were it added up.
        var credits = new MemoryStream();
        for (var i = 0; i < 3000; i++) credits.Write(RawClient.Notification("$/credit", 1, Most));
        client.Send(credits.ToArray());

        for (var i = 0; i < 40; i++)
        {
            var item = client.Receive()!;
            Assert.Equal(("$/item", $"[1,{i}]"), (item.Method, item.Json));
        }

        Assert.Equal(1u, client.Receive()!.Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Most + 1)]
    [InlineData(long.MaxValue)]
    public async Task Credit_OutOfRange_ClosesTheConnectionWithAReason(long items)
    {
        await using var host = await StartAsync(items: 40);
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send([.. RawClient.Request(1, "test.items"), .. RawClient.Notification("$/credit", 1, items)]);

        Assert.Equal(ErrorCode.InvalidArgument, client.ReceiveClose().Code);
        await host.NoCallsAsync();
    }

    [Fact]
    public async Task Credit_ForCallsThatAreOverOrNeverWere_IsIgnored()
    {
        await using var host = await StartAsync(items: 3);
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send([.. RawClient.Notification("$/credit", 9, 5), .. RawClient.Request(1, "test.items")]);
        for (var i = 0; i < 4; i++) client.Receive();

        client.Send([.. RawClient.Notification("$/credit", 1, 5), .. RawClient.Notification("$/cancel", 1), .. RawClient.Request(1, "test.items")]);

        for (var i = 0; i < 3; i++) Assert.Equal("$/item", client.Receive()!.Method);
        var answer = client.Receive()!;
        Assert.Equal((1u, null), (answer.Id, answer.Error));
    }

    private static async Task<TestHost> StartAsync(int items)
    {
        var host = await TestHost.StartAsync();
        host.Dispatcher.On("test.items", async (call, _, token) =>
        {
            for (var i = 0; i < items; i++) await call.Items!.SendAsync(new[] { (byte)i }, token);
        });
        return host;
    }
}
