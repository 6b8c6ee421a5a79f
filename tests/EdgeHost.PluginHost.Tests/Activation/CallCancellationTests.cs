using EdgeHost.PluginHost.Activation;

namespace EdgeHost.PluginHost.Tests.Activation;

public class CallCancellationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Token_EitherCancelled_IsCancelled(bool caller)
    {
        using var callers = new CancellationTokenSource();
        using var stopping = new CancellationTokenSource();
        using var call = CallCancellation.Rent(callers.Token, stopping.Token);

        (caller ? callers : stopping).Cancel();

        Assert.True(call.Token.IsCancellationRequested);
    }

    [Fact]
    public void Token_CancelledBefore_IsCancelledAtOnce()
    {
        using var call = CallCancellation.Rent(new CancellationToken(canceled: true), CancellationToken.None);

        Assert.True(call.Token.IsCancellationRequested);
    }

    [Fact]
    public void Dispose_ThenCancelled_DoesNotMeetTheNextCall()
    {
        using var callers = new CancellationTokenSource();
        using var stopping = new CancellationTokenSource();
        for (var i = 0; i < 100; i++)
        {
            CallCancellation.Rent(callers.Token, stopping.Token).Dispose();
        }

        callers.Cancel();

        using var next = CallCancellation.Rent(CancellationToken.None, stopping.Token);
        Assert.False(next.Token.IsCancellationRequested);
    }

    [Fact]
    public void Dispose_RegistrationLeftByAHandler_IsForgotten()
    {
        using var stopping = new CancellationTokenSource();
        var told = 0;
        var first = CallCancellation.Rent(CancellationToken.None, stopping.Token);
        first.Token.Register(() => told++);
        first.Dispose();

        using var next = CallCancellation.Rent(CancellationToken.None, stopping.Token);
        stopping.Cancel();

        Assert.Equal(0, told);
    }

    [Fact]
    public async Task Dispose_WhileCancelled_NeverGivesACancelledTokenToTheNext()
    {
        for (var i = 0; i < 500; i++)
        {
            using var callers = new CancellationTokenSource();
            var call = CallCancellation.Rent(callers.Token, CancellationToken.None);
            var cancel = Task.Run(callers.Cancel);
            call.Dispose();
            using var next = CallCancellation.Rent(CancellationToken.None, CancellationToken.None);
            await cancel;
            Assert.False(next.Token.IsCancellationRequested);
        }
    }
}
