import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/** Every method of a connection, refused and counted; a driver's connection overrides what it wants to have. */
abstract class RefusingConnection implements Connection {
    @Override public void abort(Executor p0) { throw HostileDriver.refused("abort"); }
    @Override public void clearWarnings() { throw HostileDriver.refused("clearWarnings"); }
    @Override public void close() { throw HostileDriver.refused("close"); }
    @Override public void commit() { throw HostileDriver.refused("commit"); }
    @Override public Array createArrayOf(String p0, Object[] p1) { throw HostileDriver.refused("createArrayOf"); }
    @Override public Blob createBlob() { throw HostileDriver.refused("createBlob"); }
    @Override public Clob createClob() { throw HostileDriver.refused("createClob"); }
    @Override public NClob createNClob() { throw HostileDriver.refused("createNClob"); }
    @Override public SQLXML createSQLXML() { throw HostileDriver.refused("createSQLXML"); }
    @Override public Statement createStatement() { throw HostileDriver.refused("createStatement"); }
    @Override public Statement createStatement(int p0, int p1, int p2) { throw HostileDriver.refused("createStatement"); }
    @Override public Statement createStatement(int p0, int p1) { throw HostileDriver.refused("createStatement"); }
    @Override public Struct createStruct(String p0, Object[] p1) { throw HostileDriver.refused("createStruct"); }
    @Override public boolean getAutoCommit() { throw HostileDriver.refused("getAutoCommit"); }
    @Override public String getCatalog() { throw HostileDriver.refused("getCatalog"); }
    @Override public Properties getClientInfo() { throw HostileDriver.refused("getClientInfo"); }
    @Override public String getClientInfo(String p0) { throw HostileDriver.refused("getClientInfo"); }
    @Override public int getHoldability() { throw HostileDriver.refused("getHoldability"); }
    @Override public DatabaseMetaData getMetaData() { throw HostileDriver.refused("getMetaData"); }
    @Override public int getNetworkTimeout() { throw HostileDriver.refused("getNetworkTimeout"); }
    @Override public String getSchema() { throw HostileDriver.refused("getSchema"); }
    @Override public int getTransactionIsolation() { throw HostileDriver.refused("getTransactionIsolation"); }
    @Override public Map<String, Class<?>> getTypeMap() { throw HostileDriver.refused("getTypeMap"); }
    @Override public SQLWarning getWarnings() { throw HostileDriver.refused("getWarnings"); }
    @Override public boolean isClosed() { throw HostileDriver.refused("isClosed"); }
    @Override public boolean isReadOnly() { throw HostileDriver.refused("isReadOnly"); }
    @Override public boolean isValid(int p0) { throw HostileDriver.refused("isValid"); }
    @Override public boolean isWrapperFor(Class<?> p0) { throw HostileDriver.refused("isWrapperFor"); }
    @Override public String nativeSQL(String p0) { throw HostileDriver.refused("nativeSQL"); }
    @Override public CallableStatement prepareCall(String p0, int p1, int p2, int p3) { throw HostileDriver.refused("prepareCall"); }
    @Override public CallableStatement prepareCall(String p0, int p1, int p2) { throw HostileDriver.refused("prepareCall"); }
    @Override public CallableStatement prepareCall(String p0) { throw HostileDriver.refused("prepareCall"); }
    @Override public PreparedStatement prepareStatement(String p0, int[] p1) { throw HostileDriver.refused("prepareStatement"); }
    @Override public PreparedStatement prepareStatement(String p0, String[] p1) { throw HostileDriver.refused("prepareStatement"); }
    @Override public PreparedStatement prepareStatement(String p0, int p1, int p2, int p3) { throw HostileDriver.refused("prepareStatement"); }
    @Override public PreparedStatement prepareStatement(String p0, int p1, int p2) { throw HostileDriver.refused("prepareStatement"); }
    @Override public PreparedStatement prepareStatement(String p0, int p1) { throw HostileDriver.refused("prepareStatement"); }
    @Override public PreparedStatement prepareStatement(String p0) { throw HostileDriver.refused("prepareStatement"); }
    @Override public void releaseSavepoint(Savepoint p0) { throw HostileDriver.refused("releaseSavepoint"); }
    @Override public void rollback() { throw HostileDriver.refused("rollback"); }
    @Override public void rollback(Savepoint p0) { throw HostileDriver.refused("rollback"); }
    @Override public void setAutoCommit(boolean p0) { throw HostileDriver.refused("setAutoCommit"); }
    @Override public void setCatalog(String p0) { throw HostileDriver.refused("setCatalog"); }
    @Override public void setClientInfo(String p0, String p1) { throw HostileDriver.refused("setClientInfo"); }
    @Override public void setClientInfo(Properties p0) { throw HostileDriver.refused("setClientInfo"); }
    @Override public void setHoldability(int p0) { throw HostileDriver.refused("setHoldability"); }
    @Override public void setNetworkTimeout(Executor p0, int p1) { throw HostileDriver.refused("setNetworkTimeout"); }
    @Override public void setReadOnly(boolean p0) { throw HostileDriver.refused("setReadOnly"); }
    @Override public Savepoint setSavepoint() { throw HostileDriver.refused("setSavepoint"); }
    @Override public Savepoint setSavepoint(String p0) { throw HostileDriver.refused("setSavepoint"); }
    @Override public void setSchema(String p0) { throw HostileDriver.refused("setSchema"); }
    @Override public void setTransactionIsolation(int p0) { throw HostileDriver.refused("setTransactionIsolation"); }
    @Override public void setTypeMap(Map<String, Class<?>> p0) { throw HostileDriver.refused("setTypeMap"); }
    @Override public <T> T unwrap(Class<T> type) { throw HostileDriver.refused("unwrap"); }
    @Override public boolean equals(Object other) { throw HostileDriver.refused("equals"); }
    @Override public int hashCode() { throw HostileDriver.refused("hashCode"); }
    @Override public String toString() { throw HostileDriver.refused("toString"); }
}
