namespace EdgeHost.Benchmarks.Transport.Cases;

/// <summary>What one call carries. Immutable.</summary>
internal sealed class Exchange
{
    /// <summary>An answer of this many bytes is one to a request that carries a payload.</summary>
    public const int SmallAnswerBytes = 64;

    /// <summary>Creates it.</summary>
    /// <param name="requestBytes">Bytes of the request's payload.</param>
    /// <param name="answerBytes">Bytes of the answer's payload; more than <see cref="SmallAnswerBytes"/> asks for it.</param>
    public Exchange(int requestBytes, int answerBytes = SmallAnswerBytes)
    {
        AnswerBytes = answerBytes;
        Payload = new byte[requestBytes];
        for (var i = 0; i < requestBytes; i++) Payload[i] = (byte)((i * 31) + (i >> 8));
    }

    /// <summary>The request's payload; nobody changes it.</summary>
    public byte[] Payload { get; }

    /// <summary>Bytes of the answer's payload.</summary>
    public int AnswerBytes { get; }

    /// <summary>Whether the answer is what weighs.</summary>
    public bool IsLargeAnswer => AnswerBytes > SmallAnswerBytes;
}
