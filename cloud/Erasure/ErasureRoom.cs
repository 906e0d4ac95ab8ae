namespace IotGateway.Cloud.Erasure;

/// <summary>The room's entry: erasure and retention over whatever the rooms declare.</summary>
internal static class ErasureRoom
{
    public static void AddErasure(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Eraser>();
        builder.Services.AddSingleton<RetainCommand>();
    }
}
