using Grpc.Core;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>What gRPC calls.</summary>
[BindServiceMethod(typeof(GrpcTarget), nameof(Bind))]
public class GrpcTarget
{
    private static readonly byte[] Small = new byte[Cases.Exchange.SmallAnswerBytes];
    private static byte[] large = [];

    /// <summary>The method, as generated code would describe it.</summary>
    public static Method<GrpcBytes, GrpcBytes> Method { get; } = new(MethodType.Unary, "edgehost.Bench", "Exchange", GrpcBytes.Marshaller, GrpcBytes.Marshaller);

    /// <summary>Called by the framework; without a service where it only wants to know the methods.</summary>
    public static void Bind(ServiceBinderBase binder, GrpcTarget? service)
        => binder.AddMethod(Method, service is null ? null! : new UnaryServerMethod<GrpcBytes, GrpcBytes>(service.Exchange));

    /// <summary>Takes a payload and answers with a few bytes, or with as many as asked for. Named as the method is and virtual, as the framework wants it.</summary>
    public virtual Task<GrpcBytes> Exchange(GrpcBytes request, ServerCallContext context)
    {
        if (request.AnswerBytes == 0) return Task.FromResult(new GrpcBytes(Small, 0));
        if (large.Length != request.AnswerBytes) large = new byte[request.AnswerBytes];
        return Task.FromResult(new GrpcBytes(large, 0));
    }
}
