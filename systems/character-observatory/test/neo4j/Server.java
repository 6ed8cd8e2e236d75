import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j server for the tests of the graph: its store in the folder given, Bolt on a free port of
 * the loopback, which it prints, and the password of the environment. It ends when its standard
 * input does, and so with whoever started it.
 */
public class Server {
  public static void main(String[] arguments) throws Exception {
    var loopback = new SocketAddress("127.0.0.1", 0);
    var server =
        new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, loopback)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(32))
            .build();
    try {
      var system = server.database("system");
      system.executeTransactionally(
          "alter user neo4j set password $password change not required",
          Map.of("password", System.getenv("NEO4J_PASSWORD")));
      var ports = ((GraphDatabaseAPI) system).getDependencyResolver()
          .resolveDependency(ConnectorPortRegister.class);
      System.out.println("port " + ports.getLocalAddress(ConnectorType.BOLT).getPort());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } finally {
      server.shutdown();
    }
  }
}
