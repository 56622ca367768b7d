/*
 * The two pages' examples, letter by letter: requests to compare with what arrives at the upstream, answers to send back.
 */

/** APIG page, example requests: a server channel. */
export const APIG_SERVER_REQUEST = `{
  "balance_strategy" : 1,
  "member_type" : "ip",
  "name" : "VPC_demo",
  "port" : 22,
  "type" : 2,
  "vpc_health_config" : {
    "http_code" : "200",
    "path" : "/vpc/demo",
    "port" : 22,
    "protocol" : "http",
    "threshold_abnormal" : 5,
    "threshold_normal" : 2,
    "time_interval" : 10,
    "timeout" : 5,
    "enable_client_ssl" : false
  },
  "member_groups" : [ {
    "member_group_name" : "test",
    "member_group_weight" : 1,
    "member_group_remark" : "remark"
  }, {
    "member_group_name" : "default",
    "member_group_weight" : 2,
    "member_group_remark" : "remark"
  } ],
  "members" : [ {
    "host" : "192.168.0.5",
    "weight" : 1,
    "member_group_name" : "test"
  }, {
    "host" : "192.168.1.124",
    "weight" : 2,
    "member_group_name" : "default"
  } ]
}`

/** APIG page, example requests: a microservice channel. */
export const APIG_MICROSERVICE_REQUEST = `{
  "balance_strategy" : 1,
  "member_type" : "ip",
  "name" : "VPC_demo",
  "port" : 22,
  "type" : 3,
  "vpc_health_config" : {
    "http_code" : "200",
    "path" : "/vpc/demo",
    "port" : 22,
    "protocol" : "http",
    "threshold_abnormal" : 5,
    "threshold_normal" : 2,
    "time_interval" : 10,
    "timeout" : 5,
    "enable_client_ssl" : false
  },
  "member_groups" : [ {
    "member_group_name" : "test",
    "member_group_weight" : 1,
    "member_group_remark" : "remark",
    "microservice_version" : "v1",
    "microservice_port" : 80
  }, {
    "member_group_name" : "default",
    "member_group_weight" : 2,
    "member_group_remark" : "remark",
    "microservice_version" : "v2",
    "microservice_port" : 80,
    "microservice_labels" : [ {
      "label_name" : "cluster_id",
      "label_value" : "c429700c-5dc4-482a-9c0e-99f6c0635113"
    } ]
  } ],
  "members" : [ {
    "host" : "192.168.0.5",
    "weight" : 1,
    "member_group_name" : "test"
  }, {
    "host" : "192.168.1.124",
    "weight" : 2,
    "member_group_name" : "default"
  } ],
  "microservice_info" : {
    "service_type" : "CCE",
    "cce_info" : {
      "cluster_id" : "ab1485b4f91b45abbcd560be591f7309",
      "namespace" : "default",
      "workload_type" : "deployment",
      "app_name" : "testapp"
    }
  }
}`

/** APIG page, example responses, 201, example 1. */
export const APIG_SERVER_ANSWER = `{
  "name" : "VPC_demo",
  "id" : "105c6902457144a4820dff8b1ad63331",
  "balance_strategy" : 1,
  "dict_code" : "",
  "create_time" : "2020-07-23T07:11:57.244829604Z",
  "member_type" : "ip",
  "port" : 22,
  "status" : 1,
  "member_groups" : [ {
    "member_group_id" : "c1ce135c705c4066853a0460b318fe16",
    "member_group_name" : "test",
    "member_group_weight" : 1,
    "member_group_remark" : "remark",
    "create_time" : "2020-07-23T07:11:57.244829604Z",
    "update_time" : "2020-07-23T07:11:57.244829604Z",
    "microservice_version" : "",
    "microservice_port" : 0
  }, {
    "member_group_id" : "c1ce135c705c4066853a0460b318fe17",
    "member_group_name" : "default",
    "member_group_weight" : 2,
    "member_group_remark" : "remark",
    "create_time" : "2020-07-23T07:11:57.244829604Z",
    "update_time" : "2020-07-23T07:11:57.244829604Z",
    "microservice_version" : "",
    "microservice_port" : 0
  } ],
  "type" : 2,
  "microservice_info" : {
    "id" : "",
    "instance_id" : "",
    "service_type" : "",
    "cse_info" : {
      "cse_app_id" : "",
      "engine_id" : "",
      "engine_name" : "",
      "register_address" : "",
      "service_id" : "",
      "service_name" : ""
    },
    "cce_info" : {
      "cluster_id" : "",
      "cluster_name" : "",
      "namespace" : "",
      "workload_type" : "",
      "app_name" : ""
    },
    "create_time" : "",
    "update_time" : ""
  }
}`

/** APIG page, example responses, 201, example 2. */
export const APIG_MICROSERVICE_ANSWER = `{
  "name" : "VPC_demo",
  "id" : "105c6902457144a4820dff8b1ad63331",
  "balance_strategy" : 1,
  "dict_code" : "",
  "create_time" : "2020-07-23T07:11:57.244829604Z",
  "member_type" : "ip",
  "port" : 22,
  "status" : 1,
  "member_groups" : [ {
    "member_group_id" : "c1ce135c705c4066853a0460b318fe16",
    "member_group_name" : "test",
    "member_group_weight" : 1,
    "member_group_remark" : "remark",
    "create_time" : "2020-07-23T07:11:57.244829604Z",
    "update_time" : "2020-07-23T07:11:57.244829604Z",
    "microservice_version" : "v1",
    "microservice_port" : 80
  }, {
    "member_group_id" : "c1ce135c705c4066853a0460b318fe17",
    "member_group_name" : "default",
    "member_group_weight" : 2,
    "member_group_remark" : "remark",
    "create_time" : "2020-07-23T07:11:57.244829604Z",
    "update_time" : "2020-07-23T07:11:57.244829604Z",
    "microservice_version" : "v2",
    "microservice_port" : 80,
    "microservice_labels" : [ {
      "label_name" : "cluster_id",
      "label_value" : "c429700c-5dc4-482a-9c0e-99f6c0635113"
    } ]
  } ],
  "type" : 3,
  "microservice_info" : {
    "id" : "9483afa235be45158a70c19ab817ac65",
    "instance_id" : "eddc4d25480b4cd6b512f270a1b8b341",
    "service_type" : "CCE",
    "cse_info" : {
      "cse_app_id" : "",
      "engine_id" : "",
      "engine_name" : "",
      "register_address" : "",
      "service_id" : "",
      "service_name" : ""
    },
    "cce_info" : {
      "cluster_id" : "ab1485b4f91b45abbcd560be591f7309",
      "cluster_name" : "cce-test",
      "namespace" : "default",
      "workload_type" : "deployment",
      "app_name" : "testapp"
    },
    "create_time" : "2020-07-23T07:11:57.244829604Z",
    "update_time" : "2020-07-23T07:11:57.244829604Z"
  }
}`

/** APIG page, example responses, 404. */
export const APIG_NO_INSTANCE = `{
  "error_code" : "APIG.3030",
  "error_msg" : "The instance does not exist;id:eddc4d25480b4cd6b512f270a1b8b341"
}`

/** ROMA Connect page, example requests: wrapped in `project_vpc_channels`, which the page's own Table 3 is not. */
export const ROMA_REQUEST = `{
  "project_vpc_channels" : {
    "balance_strategy" : 1,
    "member_type" : "ip",
    "name" : "VPC_demo",
    "port" : 22,
    "type" : 2,
    "vpc_health_config" : {
      "http_code" : "200",
      "path" : "/vpc/demo",
      "port" : 22,
      "protocol" : "http",
      "threshold_abnormal" : 5,
      "threshold_normal" : 2,
      "time_interval" : 10,
      "timeout" : 5,
      "enable_client_ssl" : false
    },
    "member_groups" : [ {
      "member_group_name" : "test",
      "member_group_weight" : 1,
      "member_group_remark" : "remark"
    }, {
      "member_group_name" : "default",
      "member_group_weight" : 2,
      "member_group_remark" : "remark"
    } ],
    "members" : [ {
      "host" : "192.168.0.5",
      "weight" : 1,
      "member_group_name" : "test"
    }, {
      "host" : "192.168.1.124",
      "weight" : 2,
      "member_group_name" : "default"
    } ],
    "instance_ids" : [ "eea73cde015940908ae0117d67bf7330", "ddd73cde017890908ae0117d67bf7330" ]
  }
}`

/** ROMA Connect page, example responses, 200. */
export const ROMA_ANSWER = `{
  "project_vpc_channels" : [ {
    "balance_strategy" : 1,
    "member_type" : "ip",
    "name" : "VPC_demo",
    "port" : 22,
    "type" : 2,
    "vpc_health_config" : {
      "http_code" : "200",
      "path" : "/vpc/demo",
      "port" : 22,
      "protocol" : "http",
      "threshold_abnormal" : 5,
      "threshold_normal" : 2,
      "time_interval" : 10,
      "timeout" : 5,
      "enable_client_ssl" : false
    },
    "member_groups" : [ {
      "member_group_id" : "c1ce135c705c4066853a0460b318fe16",
      "member_group_name" : "test",
      "member_group_weight" : 1,
      "member_group_remark" : "remark",
      "create_time" : "2020-07-23T07:11:57.244829604Z",
      "update_time" : "2020-07-23T07:11:57.244829604Z"
    }, {
      "member_group_id" : "c1ce135c705c4066853a0460b318fe17",
      "member_group_name" : "default",
      "member_group_weight" : 2,
      "member_group_remark" : "remark",
      "create_time" : "2020-07-23T07:11:57.244829604Z",
      "update_time" : "2020-07-23T07:11:57.244829604Z"
    } ],
    "instance_id" : "eea73cde015940908ae0117d67bf7330",
    "instance_name" : "test1"
  }, {
    "balance_strategy" : 1,
    "member_type" : "ip",
    "name" : "VPC_demo",
    "port" : 22,
    "type" : 2,
    "vpc_health_config" : {
      "http_code" : "200",
      "path" : "/vpc/demo",
      "port" : 22,
      "protocol" : "http",
      "threshold_abnormal" : 5,
      "threshold_normal" : 2,
      "time_interval" : 10,
      "timeout" : 5,
      "enable_client_ssl" : false
    },
    "member_groups" : [ {
      "create_time" : "2021-08-30T14:02:25Z",
      "member_group_id" : "ec79066c6f6f462e91ff3f17f0e43f2a",
      "member_group_name" : "test",
      "member_group_remark" : "",
      "member_group_weight" : 1,
      "update_time" : "2021-08-30T14:02:25Z"
    }, {
      "create_time" : "2021-08-04T06:03:47Z",
      "member_group_id" : "5b26a82cd18547f3ada54b3cfa641df9",
      "member_group_name" : "default",
      "member_group_remark" : "",
      "member_group_weight" : 1,
      "update_time" : "2021-08-04T06:03:47Z"
    } ],
    "instance_id" : "ddd73cde017890908ae0117d67bf7330",
    "instance_name" : "test2"
  } ]
}`
